import type { Finding } from '../../../proof/finding.ts'
import { counterexample, held, stalled, unknown, violated } from '../../../proof/findings.ts'
import { mutated } from '../../../proof/mutation.ts'
import { predicate } from '../predicate.ts'
import { kedaMistake } from '../view/keda-mistake.ts'
import type { Span } from '../view/replica-timeline.ts'
import { firstReady } from '../view/scaling-figures.ts'
import { type ScalingView, saysActivated } from '../view/scaling-view.ts'
import { clockError, inWords, seconds } from './words.ts'

/** Milliseconds that KEDA may take beyond its polling interval. */
const SLACK = 1000

interface Moment {
  readonly seq: number
  readonly at: number
}

/**
 * SZ2. More events than the activation threshold wake the workload: within the polling interval and a second, by
 * KEDA's own doing, with a ready pod within the start-up budget, that takes events up within the same budget again.
 *
 * What can violate it: a wrong topic or group, an operator that does not read the metric, someone else who scales, a
 * slow start, a pod that is ready before it has subscribed.
 * How it is seen: the clock of the harness, from the event that was one too many. Each fault starts the bounds anew;
 * the longest time between two looks is added to every bound and printed. KEDA publishes an event when it wakes a
 * workload; a rise without it, within a poll, the time between two looks and 5 s around it, was somebody else's.
 * After a scale-in that KEDA's own report rules out the group waits for the session of the pod that was cut off:
 * nothing is asked of the next rise.
 */
export const activation = predicate({
  id: 'SZ2',
  title: 'activation',
  claim: 'its scaler activates it when the lag passes the threshold',
  promise:
    'One event more wakes it within a polling interval and a second, by KEDA’s own doing, and a pod is soon ready and at work.',
  formal:
    "needed at t ⇒ replicas ≥ 1 by t + pollingInterval + 1 s, with KEDA's own event `KEDAScaleTargetActivated` around the rise (or `…ActivationFailed`, where it woke it and did not hear the answer); a pod ready within the start-up budget, and an event taken up within the same budget again",
  controls: ['O1'],
  violations: {
    'no-activation': {},
    'late-activation': {},
    'not-keda-activated': {},
  },
  check(view) {
    const findings: Finding[] = []
    let judged = 0
    for (const rest of view.replicas.spans) {
      if (!rest.zero) continue
      const need = view.need(rest.from.seq, rest.to?.seq ?? view.lastSeq)
      const active = view.replicas.spans.find(({ from }) => from === rest.to)
      if (active !== undefined && view.activatedByKeda({ rest, active }) === undefined)
        return notByKeda(rest, active, view)
      if (need === undefined || kedaMistake(rest.from, view) !== undefined) continue
      judged++
      const finding = active === undefined ? asleep(need, view) : awake(need, active, view)
      if (finding !== undefined) findings.push(finding)
    }
    return findings.find(({ kind }) => kind === 'stalled') ?? findings[0] ?? held(this.id, judged)
  },
  /** It was woken, and not by KEDA. */
  mutation: {
    says: 'take away what KEDA said when it woke the workload',
    names: ['not-keda-activated'],
    applies: (view) => view.replicas.rises.length > 0,
    apply: (view) =>
      mutated(view.events, {
        replaced: view.said
          .filter(({ reason }) => saysActivated(reason))
          .map((event) => ({ ...event, reason: 'SuccessfulRescale' })),
      }),
  },
})

function notByKeda(rest: Span, active: Span, view: ScalingView): Finding {
  if (view.said.length === 0)
    return unknown(
      'SZ2',
      'no event of the cluster was seen, so nothing tells by what it was scaled: let the manifests hold the ScaledObject of this Deployment, and run it with --jobs 1',
    )
  const suspended = view.suspended(rest.from.seq, active.from.seq)
  if (suspended !== undefined) return unknown('SZ2', `the ScaledObject was ${suspended}`)
  const { deployment } = view.plan.scaling
  const says = `${deployment} went from 0 to ${active.from.replicas} replicas, and KEDA never said that it activated it`
  return violated('SZ2', 'not-keda-activated', counterexample(says, [rest.from.seq, active.from.seq]))
}

/** Nothing woke it until the history ends. */
function asleep(need: Moment, view: ScalingView): Finding | undefined {
  const last = view.samples.at(-1)
  const { activationLagThreshold, deployment } = view.plan.scaling
  if (last === undefined || last.lag <= activationLagThreshold || view.disturbances.stillActive)
    return undefined
  const { late, waited, error } = overdue(need, { seq: view.lastSeq, at: view.lastAt }, wakeBound(view), view)
  const suspended = view.suspended(need.seq, last.seq)
  if (suspended !== undefined) return unknown('SZ2', `the ScaledObject was ${suspended}`)
  if (!late)
    return unknown(
      'SZ2',
      `${last.lag} events wait, and the history ends before KEDA had to act: lower quick.pollingInterval of the workload`,
    )
  const why = view.complaint(0, last.seq)
  const says = `${last.lag} events waited for ${seconds(waited)} and ${deployment} stayed at zero${clockError(error)}${inWords(why)}`
  return stalled('SZ2', 'no-activation', counterexample(says, [need.seq, why?.seq, last.seq], {}, 'C'))
}

function awake(need: Moment, active: Span, view: ScalingView): Finding | undefined {
  const { deployment } = view.plan.scaling
  const { startup } = view.plan.bounds
  const end = active.to ?? { seq: view.lastSeq, at: view.lastAt }
  const woken = overdue(need, active.from, wakeBound(view), view)
  if (woken.late) return tooLate(`${deployment} was woken`, woken, [need.seq, active.from.seq], view)

  const ready = firstReady(view, active.from.seq)
  const readied = overdue(active.from, ready ?? end, startup, view)
  if (readied.late)
    return tooLate(
      `a pod was ${ready ? '' : 'not '}ready`,
      readied,
      [active.from.seq, (ready ?? end).seq],
      view,
    )
  if (ready === undefined || ready.seq > end.seq) return undefined

  const waiting = view.work.all.filter(({ input }) => input.seq < ready.seq && input.expect === 'effect')
  const effects = waiting
    .flatMap((work) => work.effects)
    .filter(({ seq }) => seq > active.from.seq && seq < end.seq)
  // What took effect in this stretch; where nothing waited there was nothing to take up.
  const open = waiting.filter(({ effects: [first], done }) =>
    first === undefined ? !done : first.seq > active.from.seq,
  )
  if (open.length === 0) return undefined
  const first = effects.reduce<Moment | undefined>(
    (a, b) => (a === undefined || b.seq < a.seq ? b : a),
    undefined,
  )
  const worked = overdue(ready, first ?? end, startup, view)
  if (!worked.late) return undefined
  return tooLate(
    `the ready pod ${first ? 'took up' : 'did not take up'} an event`,
    worked,
    [ready.seq, (first ?? end).seq],
    view,
  )
}

function wakeBound(view: ScalingView): number {
  return view.plan.scaling.pollingInterval * 1000 + SLACK
}

interface Overdue {
  readonly late: boolean
  readonly waited: number
  readonly bound: number
  readonly error: number
}

function overdue(from: Moment, to: Moment, bound: number, view: ScalingView): Overdue {
  const since = view.calmSince(from, to.seq)
  const error = view.lag.blindness(from.seq, to.seq)
  const waited = since === undefined ? 0 : to.at - since
  return { late: waited > bound + error, waited, bound, error }
}

function tooLate(
  what: string,
  { waited, bound, error }: Overdue,
  seqs: readonly number[],
  view: ScalingView,
): Finding {
  const why = view.complaint(Math.min(...seqs), Math.max(...seqs))
  const says = `${what} after ${seconds(waited)}, ${seconds(bound)} were allowed${clockError(error)}${inWords(why)}`
  return stalled('SZ2', 'late-activation', counterexample(says, [...seqs, why?.seq], {}, 'C'))
}
