import { attach, quotedTable } from './attachments.ts'

/** From now on the database's own log tells what was in a row of this table before it is written over. */
export function tellRowsBefore(url: string, table: string): Promise<void> {
  const sql = `ALTER TABLE ${quotedTable(table)} REPLICA IDENTITY FULL`
  return attach(url, [{ name: `rows before of ${table}`, table, columns: [], sql }])
}
