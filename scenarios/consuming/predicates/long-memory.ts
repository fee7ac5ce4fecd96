import { counterexample, held, violated } from '../../../proof/findings.ts'
import { mutated } from '../../../proof/mutation.ts'
import { committedLater, rowsOf } from '../mutations/rows.ts'
import { predicate } from '../predicate.ts'
import type { ConsumedEvent, Effect } from '../view/consumed-event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { deliverySeqs, eventName, eventSubject } from './naming.ts'

/**
 * IC7. A copy that comes within the declared time is still recognised.
 *
 * What can violate it: a memory that forgets sooner than events can come again.
 * How it is seen: an event took effect twice within that time, and in between the dedupe row was deleted; or nothing
 * was hurt in between, and a copy that came sooner, of whatever event, was recognised.
 * Clocks: the times at which we saw both effects, with the bound of the counterexample's delay.
 */
export const longMemory = predicate({
  id: 'IC7',
  title: 'memory',
  claim: 'a copy is recognised however late it comes',
  promise: 'A copy that comes within the declared time is still recognised.',
  formal: 'a copy that comes within `dedupeWithin` (without it: ever) changes nothing',
  expectation: 'declared',
  controls: ['C1'],
  violations: {
    'dedupe-expired': {},
  },
  check(view) {
    const within = view.plan.consumer.dedupeWithin ?? Number.POSITIVE_INFINITY
    let judged = 0
    for (const event of view.consumed) {
      if (event.deliveries.length < 2) continue
      judged++
      const [first, again] = view.standing(event)
      if (first === undefined || again === undefined) continue
      const gap = again.tx.at - first.tx.at
      if (gap > within - view.clock.near(again.tx.at)) continue
      const why = forgotten(event, first, again, view)
      if (why === undefined) continue
      const declared = Number.isFinite(within) ? `${within / 1000} s are declared` : 'no limit is declared'
      const says = `${eventName(event)} took effect again after ${(gap / 1000).toFixed(1)} s (± ${view.clock.near(again.tx.at)} ms), ${declared}: ${why.says}`
      const seqs = [...deliverySeqs(event), first.tx.seq, ...why.events, again.tx.seq]
      return violated(this.id, 'dedupe-expired', counterexample(says, seqs, eventSubject(event)))
    }
    return held(this.id, judged)
  },
  /** What is remembered of an event that came in copies is deleted, and a copy takes effect. */
  mutation: {
    says: 'delete what is remembered of an event and apply a copy of it',
    applies: (view) => view.plan.consumer.dedupe !== undefined && candidates(view).length > 0,
    apply(view) {
      const { dedupe } = view.plan.consumer
      const [event] = candidates(view)
      const tx = event && view.standing(event)[0]?.tx
      if (event === undefined || tx === undefined || dedupe === undefined) return undefined
      const forgotten = { table: dedupe.table, op: 'delete', before: { [dedupe.eventId]: event.id } } as const
      const rows = [forgotten, ...rowsOf(event, tx, view.plan.consumer.effects)]
      return mutated(view.events, { added: [committedLater(tx, rows, view)] })
    },
  },
})

function forgotten(event: ConsumedEvent, first: Effect, again: Effect, view: ConsumerView) {
  const deleted = event.remembered.find(
    ({ how, tx }) =>
      how === 'deleted' && tx.commitLsn > first.tx.commitLsn && tx.commitLsn <= again.tx.commitLsn,
  )
  if (deleted !== undefined)
    return { says: `transaction ${deleted.tx.xid} deleted what was remembered`, events: [deleted.tx.seq] }
  if (view.rereadsBetween(first.tx.seq, again.tx.seq) > 0) return undefined
  const gap = again.tx.at - first.tx.at
  const sooner = view.consumed.find((other) => {
    const copy = other.deliveries[1]?.record
    const effect = view.standing(other)[0]?.tx
    if (copy === undefined || effect === undefined || view.timesApplied(other) !== 1) return false
    return view.group.past(copy) !== undefined && copy.at - effect.at < gap
  })
  if (sooner === undefined) return undefined
  return {
    says: `a copy of ${eventName(sooner)} that came sooner was recognised`,
    events: deliverySeqs(sooner),
  }
}

function candidates(view: ConsumerView) {
  return view.consumed.filter(
    (event) => event.deliveries.length > 1 && view.standing(event).length === 1 && event.effects.length === 1,
  )
}
