import { effectTable } from '../gates/effect-rows.sql.ts'
import { query } from './query.ts'

/** From now on the database's own log tells what was in a row of this table before it is written over. */
export async function tellRowsBefore(url: string, table: string): Promise<void> {
  await query(url, `ALTER TABLE ${effectTable(table)} REPLICA IDENTITY FULL`)
}
