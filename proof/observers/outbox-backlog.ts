import type { Clock } from '../../core/clock.ts'
import type { PartLook } from '../history/backlog-kinds.ts'
import { type ColumnPlace, columnOf, textAt } from '../history/column-place.ts'
import { quotedTable } from './attachments.ts'
import type { OpenQuery } from './open-query.ts'

type Asked = Pick<OpenQuery, 'ask'>

export interface WaitingRows {
  readonly table: string
  readonly id: ColumnPlace
  /** The column that is set when a row is published, and what it says before, where that is neither false nor null. */
  readonly published: string
  readonly waits?: string
  /** The column by which a row is given up, and what it then says; empty: anything. */
  readonly parked?: { readonly column: string; readonly is: readonly string[] }
}

/** How many rows of an outbox there are, and how many of them wait no more. */
export async function rowsLook(query: Asked, rows: WaitingRows): Promise<readonly PartLook[]> {
  const [counted] = await query.ask(
    `SELECT count(*) AS came, count(*) FILTER (WHERE NOT ${waits(rows)}) AS done FROM ${quotedTable(rows.table)}`,
    valuesOf(rows),
  )
  return [{ part: '', begin: 0, end: Number(counted?.came), done: Number(counted?.done) }]
}

/**
 * How old the oldest row of an outbox is that is not published: our clock, and when a look first saw the row. No column
 * is taken at its word; a birth is known no better than looks are apart.
 */
export class OutboxAge {
  readonly #query: Asked
  readonly #rows: WaitingRows
  readonly #clock: Clock
  /** Ids of rows that wait → seconds at which they were first seen. */
  #seen = new Map<string, number>()

  constructor(query: Asked, rows: WaitingRows, clock: Clock) {
    this.#query = query
    this.#rows = rows
    this.#clock = clock
  }

  async look(): Promise<readonly PartLook[]> {
    const now = this.#clock.monotonic() / 1000
    const { table, id } = this.#rows
    const found = await this.#query.ask(
      `SELECT ${quotedTable(columnOf(id))}::text AS held FROM ${quotedTable(table)} WHERE ${waits(this.#rows)}`,
      valuesOf(this.#rows),
    )
    const ids = found.map(({ held }) => textAt({ [columnOf(id)]: held ?? null }, id) ?? String(held))
    this.#seen = new Map(ids.map((one) => [one, this.#seen.get(one) ?? now]))
    const oldest = [...this.#seen.values()].reduce((oldest, seen) => Math.min(oldest, seen), now)
    return [{ part: '', begin: 0, end: now, done: oldest }]
  }
}

/** The values that {@link waits} stands on. */
function valuesOf({ waits, parked }: WaitingRows): readonly unknown[] {
  return [waits ?? null, parked?.is ?? []]
}

function waits({ published, parked }: WaitingRows): string {
  const open = `coalesce(${quotedTable(published)}::text, 'false') IN ('false', coalesce($1::text, 'false'))`
  const given = parked && `${quotedTable(parked.column)}::text`
  const isGiven =
    given && `${given} IS NOT NULL AND (cardinality($2::text[]) = 0 OR ${given} = ANY ($2::text[]))`
  return `(${open} AND NOT (${isGiven ?? 'cardinality($2::text[]) < 0'}))`
}
