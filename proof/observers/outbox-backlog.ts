import type { Clock } from '../../core/clock.ts'
import type { PartLook } from '../history/backlog-kinds.ts'
import { quotedTable } from './attachments.ts'
import type { OpenQuery } from './open-query.ts'

export interface WaitingRows {
  readonly table: string
  readonly id: string
  /** The column that is set when a row is published, and what it says before, where that is neither false nor null. */
  readonly published: string
  readonly waits?: string
}

/** How many rows of an outbox there are, and how many of them are published. */
export async function rowsLook(query: OpenQuery, rows: WaitingRows): Promise<readonly PartLook[]> {
  const [counted] = await query.ask(
    `SELECT count(*) AS came, count(*) FILTER (WHERE NOT ${waits(rows)}) AS done FROM ${quotedTable(rows.table)}`,
    [rows.waits ?? null],
  )
  return [{ part: '', begin: 0, end: Number(counted?.came), done: Number(counted?.done) }]
}

/**
 * How old the oldest row of an outbox is that is not published: our clock, and when a look first saw the row. No column
 * is taken at its word; a birth is known no better than looks are apart.
 */
export class OutboxAge {
  readonly #query: OpenQuery
  readonly #rows: WaitingRows
  readonly #clock: Clock
  /** Ids of rows that wait → seconds at which they were first seen. */
  #seen = new Map<string, number>()

  constructor(query: OpenQuery, rows: WaitingRows, clock: Clock) {
    this.#query = query
    this.#rows = rows
    this.#clock = clock
  }

  async look(): Promise<readonly PartLook[]> {
    const now = this.#clock.monotonic() / 1000
    const { table, id, waits: word } = this.#rows
    const found = await this.#query.ask(
      `SELECT ${quotedTable(id)}::text AS id FROM ${quotedTable(table)} WHERE ${waits(this.#rows)}`,
      [word ?? null],
    )
    this.#seen = new Map(found.map(({ id }) => [String(id), this.#seen.get(String(id)) ?? now]))
    const oldest = [...this.#seen.values()].reduce((oldest, seen) => Math.min(oldest, seen), now)
    return [{ part: '', begin: 0, end: now, done: oldest }]
  }
}

function waits({ published }: WaitingRows): string {
  return `coalesce(${quotedTable(published)}::text, 'false') IN ('false', coalesce($1::text, 'false'))`
}
