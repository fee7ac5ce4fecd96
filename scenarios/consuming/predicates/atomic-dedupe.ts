import { counterexample, held, violated } from '../../../proof/findings.ts'
import type { Predicate } from '../../../proof/predicate.ts'
import type { ConsumedEvent, Effect } from '../view/consumed-event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { eventName, eventSubject } from './naming.ts'

/**
 * IC2. What is remembered of an event is written by the transaction that brings its effect.
 *
 * What can violate it: a dedupe row in a transaction before (a crash between loses the effect) or after (a crash
 * between doubles it), or in another store.
 * How it is seen: the rows of both tables carry the xid of their transaction. Asked only where a dedupe table is declared.
 */
export const atomicDedupe: Predicate<ConsumerView> = {
  id: 'IC2',
  promise: 'an event is remembered by the transaction that applies it',
  names: ['split-dedup'],
  undeclared: ({ plan }) => (plan.consumer.dedupe === undefined ? 'no dedupe table is declared' : undefined),
  check(view) {
    if (view.plan.consumer.dedupe === undefined) return held(this.id, 0)
    let judged = 0
    for (const event of view.consumed) {
      const [first] = view.standing(event)
      if (first === undefined) continue
      judged++
      const written = event.remembered.filter(({ how }) => how === 'written')
      if (written.some(({ tx }) => tx === first.tx)) continue
      return split(event, first, written[0]?.tx, view)
    }
    return held(this.id, judged)
  },
}

function split(event: ConsumedEvent, { tx }: Effect, other: Effect['tx'] | undefined, view: ConsumerView) {
  const table = view.plan.consumer.dedupe?.table
  const elsewhere = other === undefined ? 'nobody wrote it down' : `transaction ${other.xid} wrote it down`
  const says = `${eventName(event)} took effect in transaction ${tx.xid}, and ${elsewhere} in ${table}`
  return violated('IC2', 'split-dedup', counterexample(says, [tx.seq, other?.seq], eventSubject(event)))
}
