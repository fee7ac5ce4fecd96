import { marksOf } from '../gates/marked-in.ts'
import type { OutboxTables } from '../gates/outbox-tables.ts'
import { columnOf } from '../history/column-place.ts'
import { GENERATED } from './database-observer.ts'
import { query } from './query.ts'

/** What a publisher's declaration names and the database does not have. */
export interface MissingTable {
  readonly table: string
  /** Undefined: the table itself is missing. */
  readonly column?: string
  /** The column is there, but made of others by this expression, and such a one is not in the database's log. */
  readonly generated?: string
  /** What there is instead: tables, or the table's columns. */
  readonly present: readonly string[]
}

/** A declared table: every other value is the name of one of its columns. */
export type DeclaredTable = { readonly table: string } & Readonly<Record<string, string>>

/** Looks up every table and column that a publisher declares. */
export function missingTables(url: string, publisher: OutboxTables): Promise<MissingTable[]> {
  const { state, outbox } = publisher
  if (outbox === undefined) return missingColumns(url, [state])
  const { only, parked, id, aggregateId, ...columns } = outbox
  const given = parked === undefined ? {} : { parked: marksOf(parked).column }
  return missingColumns(url, [
    state,
    {
      ...columns,
      id: columnOf(id),
      aggregateId: columnOf(aggregateId),
      ...given,
      ...(only === undefined ? {} : { only: only.column }),
    },
  ])
}

/** Looks up declared tables and their columns. Names without a schema are those of the role's search path. */
export async function missingColumns(
  url: string,
  declared: readonly DeclaredTable[],
): Promise<MissingTable[]> {
  const missing: MissingTable[] = []
  for (const { table, ...columns } of declared) {
    const rows = await query(
      url,
      `SELECT attname AS name, pg_get_expr(adbin, adrelid) AS expression,
         attgenerated = 'v' OR attgenerated = 's' AND current_setting('server_version_num')::int < $2 AS untold
       FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
       WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped`,
      [table, GENERATED],
    )
    const present = rows.map(({ name }) => name ?? '')
    if (present.length === 0) {
      const tables = await query(
        url,
        "SELECT table_name AS name FROM information_schema.tables WHERE table_schema NOT IN ('pg_catalog', 'information_schema', 'eventproof') ORDER BY 1",
      )
      missing.push({ table, present: tables.map(({ name }) => name ?? '') })
      continue
    }
    for (const column of Object.values(columns)) {
      const row = rows.find(({ name }) => name === column)
      if (row === undefined) missing.push({ table, column, present })
      else if (row.untold === 't') missing.push({ table, column, generated: `${row.expression}`, present })
    }
  }
  return missing
}
