import type pg from 'pg'
import { databaseClient } from '../../core/database-client.ts'
import { until } from '../../core/until.ts'
import type { NewEvent } from '../history/event.ts'
import type { GateName } from '../history/gate-name.ts'
import { gateFault } from '../history/gate-name.ts'

/** Advisory lock classes of the gates: any 32-bit numbers that a service is unlikely to use. */
export const LOCK_CLASS = {
  commit: 0x45500001,
  mark: 0x45500002,
  effect: 0x45500003,
  write: 0x45500004,
} as const

/** Who waits at a gate. */
export interface Waiting {
  readonly pid: number
  readonly applicationName: string
  /** From which its client comes; null where it came over a socket of the file system. */
  readonly clientPort?: number | null
  readonly xid: string | null
}

/**
 * Locks first, then what their owners do: read the other way round, or as a join likes, it may be of the transaction
 * before, without an xid.
 */
const STANDING = `
  SELECT a.pid, a.application_name AS "applicationName", a.client_port AS "clientPort", a.backend_xid::text AS xid, a.query
    FROM pg_locks l CROSS JOIN LATERAL pg_stat_get_activity(l.pid) a
   WHERE l.locktype = 'advisory' AND NOT l.granted AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
     AND l.classid::bigint = $1 AND l.objid::int4 = hashtext($2) LIMIT 1`

export interface GateLocksOptions {
  /** Direct address of the scenario's database, past every link. */
  readonly url: string
  readonly record: (event: NewEvent) => void
  /** Gates that stay open although they are told to close (`--disarm`): `effect-gate`. */
  readonly disarmed: readonly string[]
}

/**
 * The locks that keep gates closed: an exclusive advisory lock each, on a connection of its own, so that ending the
 * connection opens the gate, whatever else went wrong. A trigger that takes the lock shared waits in the server.
 */
export class GateLocks implements AsyncDisposable {
  readonly #options: GateLocksOptions
  readonly #closed = new Map<string, pg.Client>()

  constructor(options: GateLocksOptions) {
    this.#options = options
  }

  /** @param prepare what else must be true before the gate counts as closed */
  async close(gate: GateName, key: string, prepare?: (client: pg.Client) => Promise<unknown>): Promise<void> {
    if (this.#options.disarmed.includes(gateFault(gate)) || this.#closed.has(`${gate} ${key}`)) return
    const client = await this.#connect()
    try {
      await client.query('SELECT pg_advisory_lock($1, hashtext($2))', [LOCK_CLASS[gate], key])
      await prepare?.(client)
    } catch (error) {
      await client.end().catch(() => {})
      throw error
    }
    this.#closed.set(`${gate} ${key}`, client)
    this.#options.record({ kind: 'gate.closed', gate, key })
  }

  /** Waits until a backend stands at the closed gate. @throws {DeadlinePassed} */
  async waiting(gate: GateName, key: string, deadline: number): Promise<Waiting> {
    const client = this.#closed.get(`${gate} ${key}`) ?? (await this.#connect())
    const row = await until(
      async () => {
        const { rows } = await client.query(STANDING, [LOCK_CLASS[gate], key])
        return rows[0] as (Waiting & { query: string }) | undefined
      },
      { what: `a backend to wait at the ${gate} gate of ${key}`, deadline, every: 5 },
    ).finally(async () => {
      if (!this.#closed.has(`${gate} ${key}`)) await client.end().catch(() => {})
    })
    this.#options.record({ kind: 'gate.waiting', gate, key, ...row, query: row.query.slice(0, 200) })
    return row
  }

  /** Waits until nobody stands at the closed gate any more. @throws {DeadlinePassed} */
  async left(gate: GateName, key: string, deadline: number): Promise<void> {
    const client = this.#closed.get(`${gate} ${key}`)
    if (client === undefined) return
    const gone = async () => (await client.query(STANDING, [LOCK_CLASS[gate], key])).rows.length === 0
    await until(gone, { what: `who stands at the ${gate} gate of ${key} to go`, deadline, every: 10 })
  }

  /** Lets everyone through again; a gate that is not closed stays open. */
  async open(gate: GateName, key: string): Promise<void> {
    const client = this.#closed.get(`${gate} ${key}`)
    if (!client) return
    this.#closed.delete(`${gate} ${key}`)
    // Said before it is done: what the observers see after this line may have been let through.
    this.#options.record({ kind: 'gate.opened', gate, key })
    await client.end().catch(() => {})
  }

  async #connect(): Promise<pg.Client> {
    const client = databaseClient({ connectionString: this.#options.url, application_name: 'eventproof' })
    await client.connect()
    return client
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#closed.values()].map((client) => client.end().catch(() => {})))
    this.#closed.clear()
  }
}
