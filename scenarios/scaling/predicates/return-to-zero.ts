import type { Finding } from '../../../proof/finding.ts'
import { counterexample, held, more, stalled, unknown, violated } from '../../../proof/findings.ts'
import { mutated } from '../../../proof/mutation.ts'
import { effectAgain, withoutEffects } from '../mutations/effects.ts'
import { predicate } from '../predicate.ts'
import { kedaMistake } from '../view/keda-mistake.ts'
import type { Reading, Span } from '../view/replica-timeline.ts'
import type { Work } from '../view/scaled-work.ts'
import { livePods, type ScalingView } from '../view/scaling-view.ts'
import { clockError, inWords, seconds } from './words.ts'

/** Milliseconds: the database's observer and the cluster's watch need not tell two things in the order in which they happened. */
const ORDER = 1000

/**
 * SZ4. When the work is done the workload goes back to zero: within cooldown, a poll and the declared grace, and not
 * before the last effect.
 *
 * What can violate it: lag that stays (transaction markers, poison), a second trigger, a cooldown shorter than the
 * longest work, an offset that is committed before its effect, so that KEDA sees nothing to do.
 * How it is seen: the clock of the harness. The bound begins with the last effect, or the last look at which more
 * waited than may wait, or the end of the last fault. Too early: an event older than a poll took effect later than
 * the scale-in, or not at all although no later one of its partition did before; what was published just then KEDA
 * could not know. Where KEDA's own words rule the scale-in out (`keda-mistake.ts`), it is told as KEDA's, and not held
 * against the workload.
 */
export const returnToZero = predicate({
  id: 'SZ4',
  title: 'return',
  claim: 'it returns to zero replicas after the last effect, not before',
  promise: 'When the work is done it goes back to zero within the cooldown, and not before the last effect.',
  formal:
    'zero again, the last pod gone, within cooldownPeriod + pollingInterval + grace of the last effect; not while an event that is older than a poll is not done',
  controls: ['O1'],
  violations: {
    'stuck-up': {},
    'premature-scale-in': {},
  },
  check(view) {
    const { rises } = view.replicas
    const findings = rises.flatMap(({ active }) => {
      const finding = tooEarly(active, view) ?? tooLate(active, view)
      return finding === undefined ? [] : [finding]
    })
    const aside = rises.flatMap(({ active: { to } }) => (to && kedaMistake(to, view)) ?? [])
    const worst = ['violated', 'stalled', 'unknown'].map((kind) =>
      findings.find((each) => each.kind === kind),
    )
    return worst.find((each) => each !== undefined) ?? held(this.id, rises.length, aside)
  },
  /** It was scaled to zero before an event that had long been there took effect. */
  mutation: {
    says: 'let an effect come a minute after the scale-in',
    names: ['premature-scale-in'],
    applies: (view) =>
      view.replicas.rises.some(({ active: { to } }) => to !== undefined && isJudged(to, view)),
    apply(view) {
      for (const { active } of view.replicas.rises) {
        const fall = active.to
        const work = view.work.all.find(
          ({ input, effects: [first] }) =>
            fall !== undefined &&
            first !== undefined &&
            first.seq < fall.seq &&
            input.expect === 'effect' &&
            input.at < knowledge(fall, view).known,
        )
        if (fall === undefined || !isJudged(fall, view) || work === undefined) continue
        const late = effectAgain(work, view, { seq: fall.seq, at: fall.at + 60_000 })
        if (late === undefined) continue
        return mutated(view.events, { replaced: withoutEffects(work, view), added: [late] })
      }
      return undefined
    },
  },
})

/** A scale-in that is KEDA's own mistake is told as KEDA's. */
function isJudged(fall: Reading, view: ScalingView): boolean {
  return kedaMistake(fall, view) === undefined
}

function tooEarly({ to: fall }: Span, view: ScalingView): Finding | undefined {
  if (fall === undefined || !isJudged(fall, view)) return undefined
  const { known, error } = knowledge(fall, view)
  const open = view.work.all.filter(
    ({ input, effects: [first], done }) =>
      input.expect === 'effect' &&
      input.at < known &&
      (first === undefined ? !done && view.work.unexplained === undefined : first.at > fall.at + error),
  )
  const cut = open.filter((work) => work.effects.length > 0 || !overtaken(work, fall, view))
  if (cut[0] === undefined) return undefined
  const { input, effects, event } = cut[0]
  const later = effects[0] ? `took effect ${seconds(effects[0].at - fall.at)} later` : 'has no effect'
  const says = `${view.plan.scaling.deployment} was scaled to zero while event ${event} of ${input.key} was not done: it ${later}${more(cut.length)}${clockError(error)}`
  const seqs = [input.seq, fall.seq, effects[0]?.seq]
  const subject = { eventId: event, key: input.key }
  return violated('SZ4', 'premature-scale-in', counterexample(says, seqs, subject, effects[0] ? 'C' : 'A'))
}

/** What was published before `known` KEDA had counted when it scaled in; `error` is ours, in milliseconds. */
export function knowledge(
  fall: Reading,
  view: ScalingView,
): { readonly known: number; readonly error: number } {
  const error = Math.max(ORDER, view.lag.blindness(fall.seq, fall.seq))
  return { known: fall.at - view.plan.scaling.pollingInterval * 1000 - error, error }
}

/** A later event of the same partition took effect before the scale-in: this one had been given up, not cut off. */
function overtaken({ input }: Work, fall: Reading, view: ScalingView): boolean {
  return view.work.all.some(
    ({ input: other, effects: [first] }) =>
      other.partition === input.partition &&
      other.offset > input.offset &&
      first !== undefined &&
      first.seq < fall.seq,
  )
}

function tooLate(span: Span, view: ScalingView): Finding | undefined {
  const { pollingInterval, cooldownPeriod, deployment } = view.plan.scaling
  const end = span.to ?? { seq: view.lastSeq, at: view.lastAt }
  const suspended = view.suspended(span.from.seq, end.seq)
  if (suspended !== undefined) return unknown('SZ4', `the ScaledObject was ${suspended}`)
  const quiet = quietSince(span, end.seq, view)
  const since = view.calmSince(quiet, end.seq)
  if (since === undefined) return undefined
  const gone = span.to && podsGone(span.to, view)
  // Where it is woken again before they are gone, nobody knows when they would have been.
  const woken = view.replicas.rises.find(({ active }) => active.from.seq > end.seq)?.active.from
  const until = Math.min(gone?.at ?? end.at, woken?.at ?? Number.POSITIVE_INFINITY)
  const error = view.lag.blindness(quiet.seq, end.seq)
  const bound = (cooldownPeriod + pollingInterval) * 1000 + view.plan.bounds.grace
  const took = until - since
  if (took <= bound + error) {
    if (span.to !== undefined) return undefined
    return unknown(
      'SZ4',
      `it has not gone back to zero, and the history ends before it had to: lower quick.cooldownPeriod of the workload`,
    )
  }
  const why = view.complaint(quiet.seq, end.seq)
  const how = span.to === undefined ? 'is still not at zero' : 'had its last pod gone only'
  const says = `${deployment} ${how} ${seconds(took)} after the work was done, ${seconds(bound)} were allowed${clockError(error)}${inWords(why)}`
  return stalled(
    'SZ4',
    'stuck-up',
    counterexample(says, [quiet.seq, why?.seq, gone?.seq ?? end.seq], {}, 'C'),
  )
}

/** The last effect, or the last look at which more waited than may wait. */
function quietSince(
  { from }: Span,
  to: number,
  view: ScalingView,
): { readonly seq: number; readonly at: number } {
  const within = ({ seq }: { readonly seq: number }) => seq > from.seq && seq < to
  const busy = view.samples.filter(
    (sample) => within(sample) && sample.lag > view.plan.scaling.activationLagThreshold,
  )
  const effects = view.work.all.flatMap((work) => work.effects).filter(within)
  return [...busy, ...effects].reduce<{ seq: number; at: number }>(
    (latest, each) => (each.seq > latest.seq ? each : latest),
    from,
  )
}

function podsGone(fall: Reading, view: ScalingView) {
  return view.samples.find((sample) => sample.seq >= fall.seq && livePods(sample) === 0)
}
