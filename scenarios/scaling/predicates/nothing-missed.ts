import { counterexample, held, more, unknown, violated } from '../../../proof/findings.ts'
import { mutated } from '../../../proof/mutation.ts'
import { standsAlone, withoutEffects } from '../mutations/effects.ts'
import { predicate } from '../predicate.ts'
import type { Work } from '../view/scaled-work.ts'
import type { ScalingView } from '../view/scaling-view.ts'

/**
 * SZ3. What was published while nothing ran is handled when something runs again.
 *
 * What can violate it: a consumer that begins at the end of the log, a scaler that wakes nobody for the first event,
 * an effect that is committed before it is done.
 * How it is seen: each event published at zero against the effects. Lost, not late: the group's offset is past it, or
 * nothing waits any more, or the same partition's later event took effect a whole recovery bound ago.
 */
export const nothingMissed = predicate({
  id: 'SZ3',
  title: 'nothing missed',
  claim: 'events published at zero replicas take effect',
  promise: 'Every event that was published at zero takes effect.',
  formal: 'every event published at zero takes effect',
  controls: ['O1'],
  violations: {
    'cold-start-loss': {},
  },
  check(view) {
    const asleep = view.publishedAtZero().filter(({ work }) => work.input.expect === 'effect')
    const missing = asleep.filter(({ work }) => !work.done)
    const unsure = missing.length > 0 ? unexplained(view) : undefined
    if (unsure !== undefined) return unknown(this.id, unsure)
    const lost = missing.flatMap(({ work, rest }) => {
      const done = view.work.doneWith(work) ?? passedBy(work, view)
      return done === undefined ? [] : [{ work, rest, done }]
    })
    if (lost[0] !== undefined) {
      const { work, rest, done } = lost[0]
      const { input } = work
      const says = `event ${work.event} of ${input.key}, published at zero to ${input.topic}/${input.partition}@${input.offset}, has no effect, and the group is past it${more(lost.length)}`
      const seqs = [rest.from.seq, input.seq, rest.to?.seq, done.seq]
      return violated(
        this.id,
        'cold-start-loss',
        counterexample(says, seqs, { eventId: work.event, key: input.key }),
      )
    }
    // What may wait at zero waits at zero.
    const due = missing.filter(({ rest }) => rest.to !== undefined)
    if (due.length === 0) return held(this.id, asleep.length)
    return unknown(
      this.id,
      `${due.length} events published at zero have no effect, and nothing says that they were passed: raise recoverWithin of its consumer where it only needs longer`,
    )
  },
  /** An event that was published at zero never took effect. */
  mutation: {
    says: 'take away the effect of an event that was published at zero',
    applies: (view) =>
      view.publishedAtZero().some(({ work, rest }) => rest.to !== undefined && standsAlone(work, view)),
    apply(view) {
      const victim = view
        .publishedAtZero()
        .find(
          ({ work }) =>
            work.effects.length > 0 &&
            standsAlone(work, view) &&
            work.input.expect === 'effect' &&
            (view.work.doneWith(work) ?? passedBy(work, view)) !== undefined,
        )
      return victim && mutated(view.events, { replaced: withoutEffects(victim.work, view) })
    },
  },
})

/** Why nobody can say that an effect is missing: a row carries an amount that no event explains. */
export function unexplained({ work }: ScalingView): string | undefined {
  const tx = work.unexplained
  return (
    tx &&
    `transaction ${tx.xid} brought an amount that no event has: let effects.amount of its consumer be a column that holds the event's {amount} as it is, or declare effects.eventId`
  )
}

/** A later event of the same partition took effect, and the recovery bound has passed since. */
export function passedBy({ input }: Work, view: ScalingView) {
  const later = view.work.all.find(
    ({ input: other, effects: [first] }) =>
      other.partition === input.partition &&
      other.offset > input.offset &&
      first !== undefined &&
      view.lastAt - first.at > view.plan.bounds.recovery,
  )
  return later?.effects[0]
}
