import { counterexample, held, nameOf, subjectOf, violated } from '../../../proof/findings.ts'
import type { ExpectedEvent } from '../../../proof/history/expected-event.ts'
import type { CommittedTransaction } from '../../../proof/history/transaction.ts'
import type { Predicate } from '../../../proof/predicate.ts'
import type { PublisherView } from '../view/publisher-view.ts'
import { withoutOutbox } from './without-outbox.ts'

/**
 * OA5. The business row and its event are committed by one transaction.
 *
 * What can violate it: an outbox row in an earlier or later transaction, autocommit between the two.
 * How it is seen: both rows are in the WAL with their transaction ids. Where the business table itself is captured
 * there is nothing to split.
 */
export const oneTransaction: Predicate<PublisherView> = {
  id: 'OA5',
  promise: 'a change and its event are committed together',
  names: ['split-transaction'],
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
}

/** The transaction of the change that this event tells of, by its amount. */
function changeOf(event: ExpectedEvent, view: PublisherView): CommittedTransaction | undefined {
  if (event.tx.changes.some(({ amount }) => amount === event.amount)) return event.tx
  return view.commands.of(event.amount)[0]?.tx
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
