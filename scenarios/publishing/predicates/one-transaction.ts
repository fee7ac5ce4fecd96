import { counterexample, held, nameOf, subjectOf, violated } from '../../../proof/findings.ts'
import { amountOf, amountsIn, parsed } from '../../../proof/history/json-content.ts'
import { isCalled } from '../../../proof/history/table-name.ts'
import { mutated } from '../../../proof/mutation.ts'
import { predicate } from '../predicate.ts'
import type { CommittedTransaction, ExpectedEvent } from '../view/expected-event.ts'
import type { PublisherView } from '../view/publisher-view.ts'
import { withoutOutbox } from './without-outbox.ts'

/**
 * OA5. The business row and its event are committed by one transaction.
 *
 * What can violate it: an outbox row in an earlier or later transaction, autocommit between the two.
 * How it is seen: both rows are in the WAL with their transaction ids. Where the business table itself is captured
 * there is nothing to split.
 */
export const oneTransaction = predicate({
  id: 'OA5',
  title: 'one transaction',
  claim: 'an order and its event are one transaction',
  promise: 'The business row and its event are written by one transaction.',
  formal: 'the business row and the outbox row have one xid',
  controls: ['P1'],
  violations: {
    'split-transaction': {},
  },
  undeclared: withoutOutbox,
  check(view) {
    const inserted = view.plan.publisher.state.amount === undefined ? firstInserts(view) : undefined
    const seen = new Set<string>()
    let judged = 0
    for (const event of view.expectedEvents()) {
      if (event.source === 'state') continue
      judged++
      const change = inserted === undefined ? changeOf(event, view) : insertOf(event, inserted, seen)
      if (change === undefined || change === event.tx) continue
      const says = `${nameOf(event)} was committed by transaction ${event.tx.event.xid}, its change by transaction ${change.event.xid}`
      return violated(
        this.id,
        'split-transaction',
        counterexample(says, [change.event.seq, event.tx.event.seq], subjectOf(event)),
      )
    }
    return held(this.id, judged)
  },
  /** The business row and its event are committed by two transactions. */
  mutation: {
    says: 'split the transaction of a change and its event',
    applies: (view) => view.expectedEvents().some((event) => tellsItsChange(event, view)),
    apply(view) {
      const { state } = view.plan.publisher
      const whole = view
        .expectedEvents()
        .find(
          (event) =>
            tellsItsChange(event, view) &&
            event.tx.changes.some(({ id, amount }) =>
              state.amount ? amount === event.amount : id === event.key,
            ),
        )?.tx.event
      if (whole === undefined) return undefined
      const isState = ({ table }: { table: string }) =>
        table.replace(/^public\./, '') === state.table.replace(/^public\./, '')
      const change = { ...whole, rows: whole.rows.filter(isState), messages: [] }
      const event = {
        ...whole,
        seq: whole.seq + 0.5,
        xid: `${whole.xid}.5`,
        commitLsn: whole.commitLsn + 0.5,
        rows: whole.rows.filter((row) => !isState(row)),
      }
      return mutated(view.events, { replaced: [change], added: [event] })
    },
  },
})

/** The transaction of the change that this event tells of, by its amount. */
function changeOf(event: ExpectedEvent, view: PublisherView): CommittedTransaction | undefined {
  if (event.tx.changes.some(({ amount }) => amount === event.amount) || saysAgain(event, view))
    return event.tx
  return view.commands.of(event.amount)[0]?.tx
}

/** A command that is repeated, and carried out once more, writes what the row says already; its first event was told before. */
function saysAgain({ tx, amount }: ExpectedEvent, { plan, commands }: PublisherView): boolean {
  const { table, amount: column } = plan.publisher.state
  const isState = isCalled(table)
  const before = commands.of(amount)[0]?.tx
  const toldBefore =
    before !== tx && before?.expected.some((event) => event.source !== 'state' && event.amount === amount)
  return (
    column !== undefined &&
    toldBefore === true &&
    tx.event.rows.some((row) => isState(row.table) && amountOf(row.after?.[column]) === amount)
  )
}

/** Without a declared amount only the first event of an aggregate can be told apart: it belongs to the insert. */
function insertOf(
  event: ExpectedEvent,
  inserted: ReadonlyMap<string, CommittedTransaction>,
  seen: Set<string>,
): CommittedTransaction | undefined {
  if (event.key === undefined || seen.has(event.key)) return undefined
  seen.add(event.key)
  return inserted.get(event.key)
}

function firstInserts(view: PublisherView): Map<string, CommittedTransaction> {
  const inserted = new Map<string, CommittedTransaction>()
  for (const tx of view.transactions) {
    for (const { id } of tx.changes) if (!inserted.has(id)) inserted.set(id, tx)
  }
  return inserted
}

/** Once apart, a change and its event can only be brought together by the amount in the payload, or by the aggregate. */
function tellsItsChange({ source, payload, amount }: ExpectedEvent, view: PublisherView): boolean {
  if (source === 'state') return false
  if (view.plan.publisher.state.amount === undefined) return true
  return amount !== undefined && amountsIn(parsed(payload)).has(amount)
}
