import { counterexample, held, unknown, violated } from '../../../proof/findings.ts'
import type { HistoryEvent } from '../../../proof/history/event.ts'
import { mutated } from '../../../proof/mutation.ts'
import { predicate } from '../predicate.ts'
import type { Rest, ScalingView } from '../view/scaling-view.ts'
import { inWords, seconds } from './words.ts'

/**
 * SZ1. At rest nothing runs: with no more events waiting than may wait, the workload is at zero and stays there.
 *
 * What can violate it: a minimum above zero, a trigger on another group or topic, a group that never committed
 * (KEDA counts one event a partition then), a scaler that wakes on its own noise.
 * How it is seen: replicas against the lag, both sampled, and against what was published since. A rise is explained
 * by a lag above the activation threshold since the last zero, or by a fault of ours, or by the clock where a schedule
 * is what wakes it, and is not judged while the ScaledObject is paused or in fallback; a second rise needs an event
 * that was published after the first. What was published by then is known two looks later. Never at zero counts once
 * the rest lasted for two polls and the cooldown.
 */
export const atRest = predicate({
  id: 'SZ1',
  title: 'rest',
  claim: 'it stays at zero replicas without work',
  promise: 'With no more events waiting than may wait, nothing runs.',
  formal:
    'without need (or, where a schedule wakes it, before its moment) the workload is at zero and stays there; a second rise needs an event published after the first',
  controls: ['O1'],
  violations: {
    'never-zero': { means: 'two polls and a cooldown at rest, and no zero' },
    'spurious-activation': {},
    flapping: {},
  },
  check(view) {
    const { replicas, plan } = view
    const { activationLagThreshold, deployment } = plan.scaling
    const unexplained = replicas.rises.flatMap(({ rest, active }, i) => {
      const { seq } = active.from
      const last = replicas.rises[i - 1]?.active.from.seq
      const known = view.lag.known(seq)
      const again = last !== undefined && !view.inputs.some((input) => input.seq > last && input.seq < known)
      // Known by the rise, or only later: looks after it may see a backlog that was worked off.
      const need = view.need(rest.from.seq, seq) ?? view.need(rest.from.seq, known)
      const explained = need !== undefined || byTheClock(rest.from.at, active.from.at, view)
      const disturbed =
        view.disturbances.excusesBetween(rest.from.seq, seq) > 0 ||
        view.suspended(rest.from.seq, seq) !== undefined
      return disturbed || (explained && !again) ? [] : [{ rest, active, again }]
    })
    const worst = unexplained.find(({ again }) => again) ?? unexplained[0]
    if (worst !== undefined) {
      const { rest, active, again } = worst
      const peak = view.lag.peak(rest.from.seq, active.from.seq)
      const why = again ? 'although nothing was published since it last woke' : `with ${peak} events waiting`
      const says = `${deployment} went from 0 to ${active.from.replicas} replicas ${why}; it takes more than ${activationLagThreshold} to wake it`
      const look = view.samples.findLast(({ seq }) => seq < active.from.seq)
      const seqs = [rest.from.seq, look?.seq, active.from.seq]
      return violated(this.id, again ? 'flapping' : 'spurious-activation', counterexample(says, seqs))
    }
    const rest = view.rest
    if (rest === undefined)
      return unknown(
        this.id,
        'nobody looked at the replicas: run it with --jobs 1, and with nothing beside it',
      )
    const first = view.replicas.spans.find(({ zero }) => zero)
    if (first === undefined || first.from.seq > rest.to.seq) return neverZero(this.id, rest, view)
    return held(this.id, replicas.readings.length)
  },
  /** A replica comes and goes while nothing waits. */
  mutation: {
    says: 'let a replica run at rest',
    names: ['spurious-activation', 'flapping'],
    apply(view) {
      const zeros = view.replicas.spans.filter(({ zero }) => zero)
      const seq = (zeros.find(({ from }) => !isExplained(from.seq, view)) ?? zeros[0])?.from.seq
      const look = view.events.find((event) => event.seq === seq)
      if (look === undefined) return undefined
      return mutated(view.events, {
        added: [
          { ...withReplicas(look, 1), seq: look.seq + 0.25 },
          { ...withReplicas(look, 0), seq: look.seq + 0.5 },
        ],
      })
    },
  },
})

/** A rise right behind this look would be put down to work that is seen two looks later, or to what was done to it. */
function isExplained(seq: number, view: ScalingView): boolean {
  return (
    view.need(seq, view.lag.known(seq)) !== undefined ||
    view.disturbances.excusesBetween(seq, seq + 1) > 0 ||
    view.suspended(seq, seq + 1) !== undefined
  )
}

/** Its schedule began in this rest: that wakes it, whatever waits. */
function byTheClock(from: number, to: number, { clock }: ScalingView): boolean {
  return clock !== undefined && from < clock && clock <= to
}

function neverZero(id: string, { from, to }: Rest, view: ScalingView) {
  const suspended = view.suspended(from.seq, to.seq)
  if (suspended !== undefined) return unknown(id, `the ScaledObject was ${suspended}`)
  const { pollingInterval, cooldownPeriod, deployment, activationLagThreshold } = view.plan.scaling
  const bound = (2 * pollingInterval + cooldownPeriod) * 1000 + view.lag.blindness(from.seq, to.seq)
  const rested = to.at - (view.calmSince(from, to.seq) ?? to.at)
  if (rested < bound) {
    return unknown(
      id,
      `at rest for ${seconds(rested)} without reaching zero, ${seconds(bound)} are needed to tell: lower quick.cooldownPeriod and quick.pollingInterval of the workload`,
    )
  }
  const why = view.complaint(0, to.seq)
  const last = view.replicas.readings.findLast(({ seq }) => seq <= to.seq)
  const says = `${deployment} kept ${last?.replicas ?? '?'} replicas through ${seconds(rested)} of rest with no more than ${activationLagThreshold} events waiting${inWords(why)}`
  return violated(id, 'never-zero', counterexample(says, [from.seq, why?.seq, last?.seq], {}, 'C'))
}

/** A look at the replicas that saw another number of them. */
export function withReplicas(look: HistoryEvent, replicas: number): HistoryEvent {
  if (look.kind === 'scale.sample') return { ...look, replicas }
  if (look.kind === 'k8s.object') return { ...look, fields: { ...look.fields, 'spec.replicas': replicas } }
  return look
}
