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

/**
 * Milliseconds between two statements of a transaction after which the database takes it back. A process that stands
 * still in the middle of one (a frozen machine, SIGSTOP) would keep its locks, and with them its successor from its
 * work, for as long as it stands. Longer than the longest wait inside of a transaction, for one answer of a broker.
 */
const IDLE_IN_TRANSACTION = 10_000

/** A pool that outlives its connections: one that is lost is logged and replaced by the next query. */
export function openDatabase({ url, name, connections, patience }: DatabaseOptions): Pool {
  const pool = new Pool({
    connectionString: url,
    application_name: name,
    max: connections,
    connectionTimeoutMillis: 2000,
    query_timeout: patience,
    keepAlive: true,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION,
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
