import type { Fields } from '../../../proof/history/event.ts'
import { amountOf, announced, isObject, parsed } from '../../../proof/history/json-content.ts'
import { isCalled } from '../../../proof/history/table-name.ts'
import type { ExpectedEvent, PublishedRecord } from './expected-event.ts'
import type { PublisherView } from './publisher-view.ts'

/** A column of a captured row, and what the record of its change says of it. */
export interface CapturedColumn {
  readonly event: ExpectedEvent
  readonly record: PublishedRecord
  readonly column: string
  /** As the row has it after its transaction. */
  readonly inRow: string | null
  /** Undefined where the record leaves it out. */
  readonly told: unknown
  /** The database's log leaves it out: it is stored apart (TOAST), and this change did not touch it. */
  readonly untouched: boolean
}

/** Records that a column must be found in, and the share of them that must agree, before it counts as copied. */
const ENOUGH = 3
const MOST = 0.9

/**
 * Columns of the business table that records copy under their own names, found from the records themselves: where a
 * change wrote the column, most say the same. Columns in another spelling (times, bytes, decimals in base64) never agree
 * and are none.
 */
export function capturedColumns(view: PublisherView): CapturedColumn[] {
  const byColumn = new Map<string, CapturedColumn[]>()
  for (const told of everyColumn(view)) {
    const same = byColumn.get(told.column)
    if (same === undefined) byColumn.set(told.column, [told])
    else same.push(told)
  }
  return [...byColumn.values()].filter(isCopied).flat()
}

export function agrees({ inRow, told }: Pick<CapturedColumn, 'inRow' | 'told'>): boolean {
  if (inRow === null) return told === null || told === undefined
  if (typeof told === 'string') return told === inRow
  if (typeof told === 'boolean') return inRow === (told ? 't' : 'f')
  return typeof told === 'number' && amountOf(inRow) === amountOf(told)
}

function isCopied(columns: readonly CapturedColumn[]): boolean {
  const written = columns.filter(({ untouched, inRow }) => !untouched && inRow !== null)
  return written.length >= ENOUGH && written.filter(agrees).length / written.length >= MOST
}

function* everyColumn(view: PublisherView): Generator<CapturedColumn> {
  const { state } = view.plan.publisher
  const isState = isCalled(state.table)
  const rows = new Map<string, Fields>()
  for (const tx of view.transactions) {
    const changes = tx.event.rows.filter(({ table }) => isState(table))
    for (const { before, after } of changes) {
      const id = after?.[state.id]
      if (typeof id !== 'string') continue
      const row: Fields = { ...rows.get(id), ...before, ...after }
      rows.set(id, row)
      // Of a row that one transaction changes twice it is not known which record tells of which change.
      const events = tx.expected.filter(({ source, key }) => source === 'state' && key === id)
      const [event] = events
      if (event === undefined || events.length > 1) continue
      for (const record of event.records) {
        const value = announced(parsed(record.record.value))
        if (!isObject(value)) continue
        for (const [column, inRow] of Object.entries(row))
          yield {
            event,
            record,
            column,
            inRow,
            told: value[column],
            untouched: after?.[column] === undefined,
          }
      }
    }
  }
}
