import { counterexample, held, violated } from '../../../proof/findings.ts'
import { mutated } from '../../../proof/mutation.ts'
import { withoutEffects } from '../mutations/rows.ts'
import { applied, groupState } from '../mutations/victims.ts'
import { predicate } from '../predicate.ts'
import { attemptsOf } from '../view/attempt-log.ts'
import type { ConsumedEvent } from '../view/consumed-event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { Completions } from './completion.ts'
import { owesEffect } from './exactly-one-effect.ts'
import { deliverySeqs, eventName, eventSubject } from './naming.ts'
import { type Move, movedBetween } from './ownership.ts'

/**
 * OR4. A new owner of a partition goes on where the group had committed, and leaves nothing out.
 *
 * What can violate it: a seek to the end at assignment, positions in memory that are committed for a partition whose
 * owner has changed.
 * How it is seen: an event lay behind the committed offset when its partition changed hands, in the one order of the
 * log of offsets; the next commit is past it; it was not even tried any more, and has no effect.
 */
export const noGapAfterRewind = predicate({
  id: 'OR4',
  title: 'no gap',
  claim: 'a new owner continues at the committed offset',
  promise: 'A new owner of a partition goes on where the group had committed and leaves nothing out.',
  formal:
    'a new owner of a partition goes on at the committed offset: nothing that lay behind it is passed without a try and lost',
  controls: ['C3'],
  violations: {
    'gap-after-rewind': {},
  },
  check(view) {
    if (view.group.generations.length < 2) return held(this.id, 0)
    const completions = new Completions(view)
    const moves = movedBetween(view, 0, Number.POSITIVE_INFINITY)
    for (const event of view.consumed) {
      if (event.deliveries.length !== 1 || !owesEffect(event, view)) continue
      const skipped = skippedBy(event, moves, view)
      // It was found remembered, and taken for done: that it was remembered too early is IC1's matter.
      if (skipped === undefined || event.remembered.some(({ tx }) => tx.seq < skipped.seq)) continue
      const completion = completions.of(event)
      if (completion === undefined) continue
      const says = `${eventName(event)} lay behind the committed offset when ${skipped.to} took its partition over; it was not tried any more, and ${completion.says}`
      const seqs = [...deliverySeqs(event), skipped.seq, ...completion.events]
      return violated(this.id, 'gap-after-rewind', counterexample(says, seqs, eventSubject(event)))
    }
    return held(this.id, moves.length)
  },
  /** The new owner of a partition leaves out what its predecessor had not done. */
  mutation: {
    says: 'let a partition change hands and its new owner skip an event',
    applies: (view) => view.plan.consumer.progress === 'kafka',
    apply(view) {
      const event = applied(view).find(({ deliveries }) => {
        const record = deliveries[0]?.record
        return record !== undefined && (view.group.firstPast(record)?.seq ?? 0) > record.seq
      })
      const record = event?.deliveries[0]?.record
      if (event === undefined || record === undefined) return undefined
      const { seq, partition } = record
      const seen = [...event.messages, ...event.calls, ...event.spoiled, ...attemptsOf(event)]
      return mutated(view.events, {
        without: [...view.group.generations, ...seen].map((one) => one.seq),
        replaced: withoutEffects(event, view.transactions, view.plan.consumer.effects),
        added: [
          { ...groupState(view, 1, { first: [partition] }), seq: seq - 0.5 },
          { ...groupState(view, 2, { second: [partition] }), seq: seq + 0.5 },
        ],
      })
    },
  },
})

/** The last change of owner that had this event still to do, and after which the group committed past it without a try. */
function skippedBy(event: ConsumedEvent, moves: readonly Move[], { group }: ConsumerView): Move | undefined {
  const record = event.deliveries[0]?.record
  const past = record && group.firstPast(record)
  if (record === undefined || past === undefined) return undefined
  const move = moves.findLast(
    ({ partition, seq }) => partition === record.partition && seq > record.seq && seq < past.seq,
  )
  return attemptsOf(event).some(({ seq }) => seq > (move?.seq ?? seq)) ? undefined : move
}
