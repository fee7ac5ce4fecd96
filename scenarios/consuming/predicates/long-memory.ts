import { counterexample, held, violated } from '../../../proof/findings.ts'
import type { Predicate } from '../../../proof/predicate.ts'
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
export const longMemory: Predicate<ConsumerView> = {
  id: 'IC7',
  promise: 'an event is remembered for as long as declared',
  names: ['dedupe-expired'],
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
}

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
