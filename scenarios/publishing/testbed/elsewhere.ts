import { textAt } from '../../../proof/history/column-place.ts'
import type { Fields } from '../../../proof/history/event.ts'
import { isCalled } from '../../../proof/history/table-name.ts'
import type { WrongPlace } from '../../testbed/wrong-place.ts'
import type { ExpectedEvent } from '../view/expected-event.ts'
import type { PublisherView } from '../view/publisher-view.ts'

/** Rows of each sort that must have been seen before a column is believed to tell them apart. */
const ENOUGH = 3

/**
 * Rows of the outbox that never come to the declared topic, and are told by one column from those that do, while the
 * same client writes to another topic: events of that one. A relay that leaves some out writes to no other topic.
 */
export function elsewhere(view: PublisherView): WrongPlace | undefined {
  const { topic, outbox } = view.plan.publisher
  const others = otherTopics(view, topic)
  if (outbox === undefined || others.length === 0) return undefined
  const expected = view.expectedEvents().filter(({ source }) => source === 'outbox')
  const isOn = ({ records }: ExpectedEvent) => records.length > 0
  const here = expected.filter(isOn).map((event) => rowOf(event, view))
  const absent = expected.filter((event) => !isOn(event)).map((event) => rowOf(event, view))
  if (here.length < ENOUGH || absent.length < ENOUGH) return undefined
  const column = Object.keys(here[0] ?? {}).find((name) => tells(name, here, absent))
  if (column === undefined) return undefined
  const [own, foreign] = [valuesOf(column, here), valuesOf(column, absent)]
  const is = own.length === 1 ? quoted(own) : `[${quoted(own)}]`
  return {
    field: 'outbox',
    says: `no row of ${outbox.table} whose '${column}' is ${quoted(foreign)} came to '${topic}'; the others did, and their client writes to ${quoted(others)} as well`,
    advice: `where those are events of another topic, declare outbox.only: { column: '${column}', is: ${is} }`,
  }
}

/** Topics that a client writes to which writes to this one, too. */
function otherTopics({ events }: PublisherView, topic: string): string[] {
  const written = events.flatMap((event) =>
    event.kind === 'k.client' && event.topics.includes(topic) ? event.topics : [],
  )
  return [...new Set(written)].filter((other) => other !== topic)
}

/** Few values, and none of them in rows of both sorts. */
function tells(column: string, here: readonly Fields[], absent: readonly Fields[]): boolean {
  const [own, foreign] = [valuesOf(column, here), valuesOf(column, absent)]
  const few = own.length > 0 && foreign.length > 0 && own.length + foreign.length <= ENOUGH * 2
  return (
    few &&
    own.length * 2 <= here.length &&
    foreign.length * 2 <= absent.length &&
    !own.some((value) => foreign.includes(value))
  )
}

function valuesOf(column: string, rows: readonly Fields[]): string[] {
  return [...new Set(rows.flatMap((row) => row[column] ?? []))]
}

function quoted(values: readonly string[]): string {
  return values.map((value) => `'${value}'`).join(', ')
}

/** As it was inserted: what a relay has set in it since tells who was published. */
function rowOf({ id, tx }: ExpectedEvent, { plan }: PublisherView): Fields {
  const { outbox } = plan.publisher
  const isOutbox = isCalled(outbox?.table ?? '')
  const row = tx.event.rows.find(
    ({ table, op, after }) =>
      op === 'insert' &&
      isOutbox(table) &&
      after !== undefined &&
      outbox !== undefined &&
      textAt(after, outbox.id) === id,
  )
  return row?.after ?? {}
}
