import type { HistoryEvent } from '../../proof/history/event.ts'
import type { OnTopic } from '../predicates/predicate.ts'
import { antiPattern } from './anti-pattern.ts'
import { dataOf, fieldsOf, NO_EVENTS, ownEvents, rounded } from './own-events.ts'

/** Of fewer columns nobody can tell a table from the event that it happens to look like. */
const COLUMNS = 3

/**
 * The internal schema in the event. Names say it: where nearly all columns of the business table are fields of the event,
 * letter for letter, the table is the contract. Read from rows in the database's log and from values on the topic.
 */
export const exposedSchema = antiPattern({
  id: 'exposed-schema',
  title: 'internal schema exposed',
  definition: 'The columns of the service’s own table are the fields of its events.',
  harm: 'Readers depend on the table: a column can’t be renamed without them, as if they shared the database.',
  remedy: 'Keep the public event apart from the internal model, and map one to the other.',
  threshold: { value: 0.8, of: 'columns of the table that are fields of the event, as a share' },
  look(seen) {
    const table = seen.publishes?.table ?? seen.consumes?.table
    if (table === undefined) return undefined
    const topics = [...ownEvents(seen)]
    if (topics.length === 0) return NO_EVENTS
    const columns = columnsOf(table, seen.events)
    if (columns.length < COLUMNS) return { blind: `fewer than ${COLUMNS} columns of ${table} were seen` }
    const readings = topics.flatMap(([topic, events]) => {
      const shared = sharedWith(columns, events)
      if (shared === undefined) return []
      const { names, event } = shared
      const says = `${names.length} of ${columns.length} columns of ${table} are fields of events on ${topic}${names.length > 0 ? `: ${names.join(', ')}` : ''}`
      return [{ at: topic, value: rounded(names.length / columns.length), says, events: [event.record.seq] }]
    })
    return readings.length === 0 ? { blind: 'no event could be read as JSON' } : { readings }
  },
})

function columnsOf(table: string, events: readonly HistoryEvent[]): readonly string[] {
  const rows = events.flatMap((event) => (event.kind === 'pg.tx' ? event.rows : []))
  const columns = rows.flatMap((row) => (row.table === table ? Object.keys(row.after ?? {}) : []))
  return [...new Set(columns)].sort()
}

/** By the event that has the most. */
function sharedWith(columns: readonly string[], events: readonly OnTopic[]) {
  const read = events.flatMap((event) => {
    const fields = fieldsOf(dataOf(event))
    return fields.size === 0 ? [] : [{ event, names: columns.filter((column) => fields.has(column)) }]
  })
  return read.toSorted((a, b) => b.names.length - a.names.length)[0]
}
