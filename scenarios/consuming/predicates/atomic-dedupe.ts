import { counterexample, held, violated } from '../../../proof/findings.ts'
import { isCalled } from '../../../proof/history/table-name.ts'
import { mutated } from '../../../proof/mutation.ts'
import { committedLater, isMemory } from '../mutations/rows.ts'
import { predicate } from '../predicate.ts'
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
export const atomicDedupe = predicate({
  id: 'IC2',
  title: 'atomic dedupe',
  claim: 'an event id is stored in the transaction of its effect',
  promise: 'What is remembered of an event is written by the transaction that brings its effect.',
  formal: 'the dedupe row of an event has the xid of its effect (where a dedupe table is declared)',
  controls: ['C1'],
  violations: {
    'split-dedup': {},
  },
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
  /** The dedupe row of an event is written by a transaction of its own. */
  mutation: {
    says: 'move a dedupe row into a transaction of its own',
    applies: (view) =>
      view.plan.consumer.dedupe !== undefined && view.consumed.some(({ effects }) => effects.length > 0),
    apply(view) {
      for (const event of view.consumed) {
        const tx = view.standing(event)[0]?.tx
        const memories = tx?.rows.filter((row) => isMemory(row, event, view)) ?? []
        if (tx === undefined || memories.length === 0) continue
        return mutated(view.events, {
          replaced: [{ ...tx, rows: tx.rows.filter((row) => !memories.includes(row)) }],
          added: [committedLater(tx, memories, view)],
        })
      }
      return undefined
    },
  },
})

function split(event: ConsumedEvent, { tx }: Effect, other: Effect['tx'] | undefined, view: ConsumerView) {
  const { table = '', eventId = '' } = view.plan.consumer.dedupe ?? {}
  const isDedupe = isCalled(table)
  const written = tx.rows.flatMap((row) =>
    row.op === 'insert' && isDedupe(row.table) ? [row.after?.[eventId]] : [],
  )
  const instead = written.find((id) => id != null && view.event(id) === undefined)
  const elsewhere =
    other !== undefined
      ? `transaction ${other.xid} wrote it down`
      : typeof instead === 'string'
        ? `that wrote '${instead}' down`
        : 'nobody wrote it down'
  const says = `${eventName(event)} took effect in transaction ${tx.xid}, and ${elsewhere} in ${table}`
  return violated('IC2', 'split-dedup', counterexample(says, [tx.seq, other?.seq], eventSubject(event)))
}
