import { textAt } from '../../../proof/history/column-place.ts'
import type { Fields, RowChange } from '../../../proof/history/event.ts'
import { amountOf, leavesOf, parsed } from '../../../proof/history/json-content.ts'
import { isCalled } from '../../../proof/history/table-name.ts'
import { type Place, type WrongPlace, wrongPlace } from '../../testbed/wrong-place.ts'
import type { PublisherView } from '../view/publisher-view.ts'
import { elsewhere } from './elsewhere.ts'
import { otherIds } from './other-ids.ts'
import { everywhere, nameOf, spelled } from './row-places.ts'

/** Rows and records that are looked at: a name that is wrong is wrong in each. */
const ENOUGH = 200

/**
 * Columns, headers and paths of a publisher's declaration, held against what its load without faults has left in the
 * tables and on the topic. @returns the first one that is wrong
 */
export function misplaced(view: PublisherView): WrongPlace | undefined {
  for (const place of [...columns(view), ...inRecords(view)]) {
    const wrong = wrongPlace(place)
    if (wrong !== undefined) return wrong
  }
  return (
    elsewhere(view) ??
    surrounded(view) ??
    otherIds(view, inserted(view, view.plan.publisher.outbox?.table ?? '')) ??
    marking(view)
  )
}

function columns(view: PublisherView): Place[] {
  const { state, outbox } = view.plan.publisher
  const commands = view.commands.all.map(({ invoke }) => invoke)
  const amounts = new Set(commands.map(({ amount }) => String(amount)))
  const places: Place[] = []
  const rows = inserted(view, state.table)
  if (state.amount !== undefined)
    places.push({
      field: 'state.amount',
      declared: state.amount,
      of: `row of ${state.table}`,
      what: 'the amount of a command',
      seen: rows.map(amountsOf),
      right: amounts,
    })
  if (outbox === undefined) return places
  const ids = new Set(rows.flatMap((row) => row[state.id] ?? []))
  const [own, aggregateId] = [nameOf(outbox.id), nameOf(outbox.aggregateId)]
  places.push({
    field: 'outbox.aggregateId',
    declared: aggregateId,
    spelled,
    of: `row of ${outbox.table}`,
    what: 'the id of an aggregate',
    // Both tables may count their rows, and alike for a while: the event's own id is never meant.
    seen: inserted(view, outbox.table).map((row) =>
      own === aggregateId ? everywhere(row) : omitted(own, everywhere(row)),
    ),
    right: ids,
  })
  return places
}

/** The amount of each command is in the declared column, and other text around it: no row can be told by it. */
function surrounded(view: PublisherView): WrongPlace | undefined {
  const { table, amount } = view.plan.publisher.state
  if (amount === undefined) return undefined
  const amounts = new Set(view.commands.all.map(({ invoke }) => String(invoke.amount)))
  const values = inserted(view, table).map((row) => row[amount] ?? '')
  if (values.some((value) => amounts.has(amountOf(value) ?? ''))) return undefined
  const within = values.find((value) => value.split(/\D+/).some((digits) => amounts.has(digits)))
  if (within === undefined) return undefined
  return {
    field: 'state.amount',
    says: `no row of ${table} has the amount of a command alone in '${amount}': there is '${within}'`,
    advice: `let the amount stand alone in the command: '{amount}', a number, or '{amount:text}' where the service takes a text`,
  }
}

function inRecords(view: PublisherView): Place[] {
  const { topic, eventId, eventTypeHeader, events, outbox } = view.plan.publisher
  const records = view.records.slice(0, ENOUGH)
  const of = `record on '${topic}'`
  const ids = outbox && new Set(inserted(view, outbox.table).flatMap((row) => textAt(row, outbox.id) ?? []))
  const known = ids !== undefined && ids.size > 0 ? { right: ids } : {}
  const places: Place[] = []
  // An id that is there is the service's, whatever it says; where none is, it may stand in another place.
  if (records.every(({ id }) => id === undefined))
    places.push({
      field: 'eventId',
      declared: 'header' in eventId ? eventId.header : 'json' in eventId ? eventId.json : 'ce_id',
      spelled: (name) => (name.startsWith('$') ? `{ json: '${name}' }` : `{ header: '${name}' }`),
      of,
      what: 'the id of an event',
      seen: records.map(({ record }) => ({ ...record.headers, ...pathsIn(record.value) })),
      ...known,
    })
  if (eventTypeHeader !== undefined)
    places.push({
      field: 'eventTypeHeader',
      declared: eventTypeHeader.toLowerCase(),
      of,
      what: 'a type',
      seen: records.map(({ record }) => lowerCase(record.headers)),
    })
  if (events !== undefined)
    places.push({
      field: 'events',
      declared: events,
      of,
      what: 'a list of events',
      // Of a record that holds several, each is one here: their list was found.
      seen: records.map(({ record, index }) =>
        index === undefined ? listsIn(record.value) : { [events]: '' },
      ),
    })
  return places
}

/** A relay that sets another column than the declared one, from nothing to something, in most rows. */
function marking(view: PublisherView): WrongPlace | undefined {
  const { outbox } = view.plan.publisher
  if (outbox?.published === undefined) return undefined
  const before = new Map(inserted(view, outbox.table).map((row) => [textAt(row, outbox.id), row]))
  const seen: Fields[] = []
  for (const { op, after } of changes(view, outbox.table)) {
    const row = after && before.get(textAt(after, outbox.id))
    if (op !== 'update' || after === undefined || row === undefined) continue
    seen.push(Object.fromEntries(Object.entries(after).filter(([name, value]) => value !== row[name])))
  }
  if (seen.some((each) => each[outbox.published as string] !== undefined)) return undefined
  const place = {
    field: 'outbox.published',
    declared: outbox.published,
    of: `row of ${outbox.table}`,
    what: 'a mark of its relay',
    seen: seen.map((each) => Object.fromEntries(Object.keys(each).map((name) => [name, 'set']))),
    right: new Set(['set']),
  }
  return wrongPlace(place)
}

function inserted(view: PublisherView, table: string): Fields[] {
  return changes(view, table).flatMap(({ op, after }) => (op === 'insert' && after ? [after] : []))
}

function changes(view: PublisherView, table: string): readonly RowChange[] {
  const isOurs = isCalled(table)
  const rows: RowChange[] = []
  for (const { event } of view.transactions) {
    for (const row of event.rows) if (isOurs(row.table)) rows.push(row)
    if (rows.length >= ENOUGH) break
  }
  return rows
}

function omitted(name: string, { [name]: _, ...row }: Fields): Fields {
  return row
}

function amountsOf(row: Fields): Fields {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, amountOf(value) ?? null]))
}

function lowerCase(headers: Fields): Fields {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

function pathsIn(value: string | null): Fields {
  return Object.fromEntries(leavesOf(parsed(value)).map(([path, leaf]) => [path, String(leaf)]))
}

function listsIn(value: string | null): Fields {
  const lists = leavesOf(parsed(value)).filter(([, leaf]) => Array.isArray(leaf))
  return Object.fromEntries(lists.map(([path]) => [path, '']))
}
