import pg from 'pg'
import type { RowChange } from '../history/event.ts'
import { type Attachment, quotedTable } from './attachments.ts'

/** Prefix of the messages by which the log tells that a table has partitions, before it tells of rows in them. */
export const PARTITIONED = 'eventproof.partitioned'

/**
 * An update that moves a row to another partition is a deletion and an insertion in the database's log, one behind the
 * other. What stays of its key says that both are one row: the columns that do not decide about the partition.
 */
export class Partitions {
  /** By the name that rows have of their table. */
  readonly #lasting = new Map<string, readonly string[]>()

  told(content: string): void {
    const { table, lasting } = JSON.parse(content) as { table: string; lasting: readonly string[] }
    this.#lasting.set(table, lasting)
  }

  /** Adds a row to those of its transaction. */
  add(row: RowChange, rows: RowChange[]): void {
    const last = rows.at(-1)
    const { before = {} } = last ?? {}
    const lasting = this.#lasting.get(row.table) ?? []
    const moved =
      row.op === 'insert' &&
      last?.op === 'delete' &&
      last.table === row.table &&
      lasting.length > 0 &&
      lasting.every((column) => before[column] !== undefined && before[column] === row.after?.[column])
    if (moved) rows.splice(-1, 1, { ...row, op: 'update', before, moved: true })
    else rows.push(row)
  }
}

/** Has the log tell it, again with each partition: a migration may add the key after it has made the table. */
export function tellPartitions(table: string): Attachment {
  const sql = `SELECT pg_logical_emit_message(true, '${PARTITIONED}', json_build_object(
      'table', CASE nspname WHEN 'public' THEN '' ELSE nspname || '.' END || relname,
      'lasting', ARRAY(
        SELECT attname FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey)
        WHERE indrelid = made.oid AND indisprimary AND NOT attnum = ANY (partattrs)))::text)
    FROM pg_class AS made JOIN pg_namespace AS space ON space.oid = relnamespace
      JOIN pg_partitioned_table ON partrelid = made.oid
    WHERE made.oid = ${pg.escapeLiteral(quotedTable(table))}::regclass`
  return { name: `partitions of ${table}`, table, columns: [], sql, eachPartition: true }
}
