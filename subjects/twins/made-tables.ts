import { readFile } from 'node:fs/promises'
import pg from 'pg'
import { required } from '../reference/service/environment.ts'

/** Below `subjects`, as in migrations. */
export const SALES_TABLES = ['reference/db/002-outbox.sql', 'twins/db/sales.sql']
export const FULFILLMENT_TABLES = [
  'reference/db/002-outbox.sql',
  'reference/db/010-processed-events.sql',
  'reference/db/011-fulfillment.sql',
]

/** Any number: an instance that starts beside another one waits for its tables. */
const STARTING = 4711

/**
 * Makes the tables of a service that has no migrations beside it: those that are missing, as Flyway or Hibernate's
 * `update` do; or all of them anew, as its `create` does.
 */
export async function makeTables(how: 'missing' | 'anew', files: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: required('DATABASE_URL') })
  await client.connect()
  try {
    await client.query('BEGIN')
    await client.query('SELECT pg_advisory_xact_lock($1)', [STARTING])
    if (how === 'anew') await client.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public')
    const { rows } = await client.query("SELECT to_regclass('outbox_events') AS made")
    if (rows[0].made === null) {
      for (const file of files)
        await client.query(await readFile(new URL(`../${file}`, import.meta.url), 'utf8'))
    }
    await client.query('COMMIT')
  } finally {
    await client.end()
  }
}
