import { query } from './query.ts'

/** A session that holds something which keeps others from the same work, and waits for its client. */
export interface SessionClaim {
  readonly pid: number
  /** Rows locked or written in an open transaction, or an advisory lock. */
  readonly holds: 'transaction' | 'advisory lock'
}

/** Sessions of one instance of a service: ids of their backends, and ports that others come from. */
export interface Sessions {
  readonly pids: readonly number[]
  readonly ports: readonly number[]
}

const SQL = `
  SELECT a.pid, min(l.locktype) AS locktype
    FROM pg_stat_activity a JOIN pg_locks l ON l.pid = a.pid
   WHERE a.datname = current_database() AND (a.pid = ANY ($1) OR a.client_port = ANY ($2)) AND l.granted
     AND (l.locktype = 'advisory' OR (l.locktype = 'transactionid' AND a.state = 'idle in transaction'
          AND a.xact_start < clock_timestamp() - interval '200 milliseconds'))
   GROUP BY a.pid ORDER BY a.pid LIMIT 1`

/**
 * What sessions of a service hold at this moment, by their backends or the ports that they come from: how a service names
 * its sessions is its own affair. A transaction gets an id of its own, and with it a lock, when it locks or writes its
 * first row. One that has just begun is no claim yet: a service whose relay runs inside it has others, too.
 */
export async function claimOf(url: string, { pids, ports }: Sessions): Promise<SessionClaim | undefined> {
  const [row] = await query(url, SQL, [pids, ports])
  if (row === undefined) return undefined
  return { pid: Number(row.pid), holds: row.locktype === 'advisory' ? 'advisory lock' : 'transaction' }
}
