import { formsOf } from '../../../core/key-form.ts'
import type { RowChange } from '../../../proof/history/event.ts'
import { isCalled } from '../../../proof/history/table-name.ts'
import { saysDone } from './done.ts'
import type { PublishedRecord } from './expected-event.ts'
import { KnownRows } from './known-rows.ts'
import type { PublisherView } from './publisher-view.ts'

/** Whether a row is the business row of the aggregate that we call so, by whatever id the service has for it. */
export function changesOf(key: string, { aggregates, plan }: PublisherView): (row: RowChange) => boolean {
  const { table, id } = plan.publisher.state
  const isState = isCalled(table)
  const ids = aggregates.idsOf(key)
  return (row) => row.op !== 'delete' && isState(row.table) && ids.has(row.after?.[id] ?? '')
}

/** Whether a change of an outbox row says that an event of the aggregate that we call so is done. */
export function marksOf(
  key: string,
  { aggregates, done, events, plan }: PublisherView,
): (row: RowChange) => boolean {
  const { outbox } = plan.publisher
  if (outbox === undefined) return () => false
  const isOutbox = isCalled(outbox.table)
  const isDone = saysDone(done, outbox)
  const ids = aggregates.idsOf(key)
  // Of a row that goes the database's log has its key alone: whose it was is known from its insertion.
  const known = new KnownRows()
  for (const event of events) {
    if (event.kind !== 'pg.tx') continue
    for (const { table, op, after } of event.rows)
      if (op === 'insert' && after && isOutbox(table)) known.add(after)
  }
  return (row) => isOutbox(row.table) && isDone(row) && ids.has(known.textOf(row, outbox.aggregateId) ?? '')
}

/** Records about the aggregate that we call so: by the events that they announce, or, where none is known, by their keys. */
export function recordsAbout(
  key: string,
  { aggregates, records }: PublisherView,
): readonly PublishedRecord[] {
  const called = ({ record, expected }: PublishedRecord) =>
    aggregates.nameOf(expected?.key) ?? aggregates.nameOf(record.key) ?? expected?.key ?? record.key
  return records.filter((record) => called(record) === key)
}

/** Why there is no order to ask for: each command made an aggregate of its own, by an id of the service's. */
export function neverAgain(view: PublisherView): string | undefined {
  const { aggregates } = view
  const keys = view.expectedEvents().map(({ key }) => key ?? '')
  const made = keys.every((key) => !isForm(key, aggregates.nameOf(key)))
  if (keys.length === 0 || !made || new Set(keys).size < keys.length) return undefined
  return 'each command made an aggregate of its own, and `command.again` does not say how one is changed'
}

function isForm(id: string, name: string | undefined): boolean {
  return name !== undefined && formsOf(name).includes(id)
}
