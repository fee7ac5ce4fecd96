import { Pool } from 'pg'
import { log } from './log.ts'

export interface DatabaseOptions {
  readonly url: string
  /** Shown in pg_stat_activity. */
  readonly name: string
  readonly connections: number
  /** Milliseconds without an answer after which a connection counts as lost. */
  readonly patience: number
}

/** A pool that outlives its connections: one that is lost is logged and replaced by the next query. */
export function openDatabase({ url, name, connections, patience }: DatabaseOptions): Pool {
  const pool = new Pool({
    connectionString: url,
    application_name: name,
    max: connections,
    connectionTimeoutMillis: 2000,
    query_timeout: patience,
    keepAlive: true,
    // A backend that waits for a lock notices within a second that its client is gone, and lets go of its own locks.
    options: '-c client_connection_check_interval=1000',
  })
  const lost = (error: Error) => log('a database connection was lost', { error: error.message })
  pool.on('error', lost)
  // A connection that breaks between two queries of a transaction tells only itself.
  pool.on('connect', (client) => client.on('error', lost))
  return pool
}

/** Whether the database answers within a second. */
export async function answers(pool: Pool): Promise<boolean> {
  const query = { text: 'SELECT 1', query_timeout: 1000 }
  return pool.query(query).then(
    () => true,
    () => false,
  )
}
