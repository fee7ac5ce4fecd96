import { type Guard, metUnless } from '../../../proof/guards/guard.ts'
import { factsOf } from '../../../proof/history/recorded-fact.ts'
import { isTrue, type ScalingView } from '../view/scaling-view.ts'

declare module '../../../proof/history/fact.ts' {
  interface Facts {
    /** Partitions for which offsets of a group were committed before it ran. */
    'offsets.committed': number
  }
}

/**
 * Guard 5: the zero before the load was real: held for the whole control interval, by an operator that reads the
 * metric, for a group whose offsets were committed first, with neither fallback nor pause in between.
 */
export const zeroReal: Guard<ScalingView> = {
  id: 'zero',
  title: 'the zero before the load was real',
  otherwise: 'VACUOUS',
  look({ view }) {
    const { plan, replicas } = view
    const [rise] = replicas.rises
    const rest = rise?.rest ?? replicas.spans.find(({ zero }) => zero)
    if (rest === undefined)
      return {
        met: false,
        evidence:
          'it never was at zero: let minReplicaCount be 0, and quick.cooldownPeriod of the workload be short',
      }
    // Rest ends where the load begins, not where it is noticed.
    const until = view.need(rest.from.seq, rise?.active.from.seq ?? view.lastSeq)
    const to = until ?? rise?.active.from ?? { seq: view.lastSeq, at: view.lastAt }
    const held = to.at - rest.from.at
    const looks = view.samples.filter(({ seq }) => seq >= rest.from.seq && seq <= to.seq)
    const suspended = view.suspended(rest.from.seq, rise?.active.from.seq ?? to.seq)
    const missing = [
      ...unready(view, rest.from.seq, to.seq),
      ...(suspended === undefined ? [] : [`the ScaledObject was ${suspended}`]),
      ...uncommitted(view, to.seq),
    ]
    if (held < plan.bounds.rest)
      missing.push(`zero was held for ${held} ms of ${plan.bounds.rest}: run it with --jobs 1`)
    if (looks.some(({ ready }) => ready > 0) && looks.at(-1)?.ready !== 0)
      missing.push(
        'a pod was ready until the load came: it has to end within terminationGracePeriodSeconds when it is told to',
      )
    if (looks.every(({ metric }) => metric === null))
      missing.push(
        "KEDA's metric was never read at zero: let a trigger of type kafka or apache-kafka name the topic and group of its consumer",
      )
    return metUnless(
      missing,
      `at zero for ${(held / 1000).toFixed(1)} s before the load, ${looks.length} looks, offsets committed, the ScaledObject ready`,
    )
  },
}

/** KEDA counts an event a partition for a group that never committed: that wakes, and proves nothing. */
function uncommitted(view: ScalingView, before: number): string[] {
  const { consumer, partitions } = view.plan.scaling
  const told = factsOf(view.facts, 'offsets.committed').find(
    ({ subject, seq }) => subject === consumer.group && seq < before,
  )
  const committed = new Set(
    view.commits
      .filter(({ group, topic, seq }) => group === consumer.group && topic === consumer.topic && seq < before)
      .map(({ partition }) => partition),
  )
  const count = Math.max(committed.size, told?.value ?? 0)
  return count >= partitions
    ? []
    : [
        `${consumer.group} had committed offsets of ${count} of ${partitions} partitions before the load: let the group of its consumer be the one that the service and the trigger's consumerGroup name`,
      ]
}

/** What the ScaledObject said last before the load: a try to wake that fails makes it unready, and is no rest. */
function unready(view: ScalingView, from: number, to: number): string[] {
  const last = view.words(from, to).at(-1)
  if (last === undefined) return ['nobody looked at the ScaledObject: run it with --jobs 1']
  return isTrue(last.fields['condition.Ready'])
    ? []
    : [
        'the ScaledObject was not ready: `eventproof lint` and its own words in the run directory tell which field of its trigger is wrong',
      ]
}
