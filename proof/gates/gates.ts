import pg from 'pg'
import { until } from '../../core/until.ts'
import type { NewEvent } from '../history/event.ts'
import type { PublisherDeclaration } from '../history/plan.ts'
import { query } from '../witnesses/query.ts'
import { GATE_CLASS, gateSql, spoilSql } from './gates.sql.ts'

export interface GatesOptions {
  /** Direct address of the scenario's database, past every link. */
  readonly url: string
  readonly publisher: PublisherDeclaration
  readonly record: (event: NewEvent) => void
  /** Gates that stay open although they are told to close (`--disarm`). */
  readonly disarmed: readonly string[]
}

/** Who waits at a gate. */
export interface Waiting {
  readonly pid: number
  readonly applicationName: string
  readonly xid: string | null
}

/** The gates of one scenario's database. Keys are aggregate ids. */
export class Gates implements AsyncDisposable {
  readonly #options: GatesOptions
  /** One connection a closed gate: ending it opens the gate, whatever else went wrong. */
  readonly #closed = new Map<string, pg.Client>()

  private constructor(options: GatesOptions) {
    this.#options = options
  }

  /** Installs the triggers. @throws pg.DatabaseError where a declared table or column does not exist. */
  static async install(options: GatesOptions): Promise<Gates> {
    await query(options.url, gateSql(options.publisher))
    return new Gates(options)
  }

  /** From now on, who commits a change of `key` (commit) or touches its outbox rows (mark) waits. */
  async close(gate: keyof typeof GATE_CLASS, key: string): Promise<void> {
    if (this.#options.disarmed.includes(`${gate}-gate`) || this.#closed.has(`${gate} ${key}`)) return
    const client = await this.#connect()
    try {
      await client.query('SELECT pg_advisory_lock($1, hashtext($2))', [GATE_CLASS[gate], key])
    } catch (error) {
      await client.end().catch(() => {})
      throw error
    }
    this.#closed.set(`${gate} ${key}`, client)
    this.#options.record({ kind: 'gate.closed', gate, key })
  }

  /** Waits until a backend stands at the closed gate. @throws {DeadlinePassed} */
  async waiting(gate: keyof typeof GATE_CLASS, key: string, deadline: number): Promise<Waiting> {
    const client = this.#closed.get(`${gate} ${key}`) ?? (await this.#connect())
    const row = await until(
      async () => {
        const { rows } = await client.query(
          `SELECT a.pid, a.application_name AS "applicationName", a.backend_xid::text AS xid, a.query
             FROM pg_locks l JOIN pg_stat_activity a USING (pid)
            WHERE l.locktype = 'advisory' AND NOT l.granted AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND l.classid::bigint = $1 AND l.objid::int4 = hashtext($2) LIMIT 1`,
          [GATE_CLASS[gate], key],
        )
        return rows[0] as (Waiting & { query: string }) | undefined
      },
      { what: `a backend to wait at the ${gate} gate of ${key}`, deadline, every: 5 },
    ).finally(async () => {
      if (!this.#closed.has(`${gate} ${key}`)) await client.end().catch(() => {})
    })
    this.#options.record({ kind: 'gate.waiting', gate, key, ...row, query: row.query.slice(0, 200) })
    return row
  }

  /** Lets everyone through again; a gate that is not closed stays open. */
  async open(gate: keyof typeof GATE_CLASS, key: string): Promise<void> {
    const client = this.#closed.get(`${gate} ${key}`)
    if (!client) return
    this.#closed.delete(`${gate} ${key}`)
    // Said before it is done: what the log witness sees after this line may have been let through.
    this.#options.record({ kind: 'gate.opened', gate, key })
    await client.end().catch(() => {})
  }

  /** Makes the database refuse every commit that changes one of these keys. */
  async refuse(keys: readonly string[]): Promise<void> {
    const text = 'INSERT INTO eventproof.refused SELECT unnest($1::text[]) ON CONFLICT DO NOTHING'
    await query(this.#options.url, text, [keys])
  }

  /**
   * From now on the outbox row of `key` is spoiled as it is inserted: `oversized`, beyond what a broker takes, or
   * `unreadable`, cut so that it is no JSON any more. @throws where no outbox payload is declared
   */
  async spoil(key: string, way: 'oversized' | 'unreadable'): Promise<void> {
    const { table, aggregateId, payload } = this.#options.publisher.outbox ?? {}
    if (!table || !aggregateId || !payload)
      throw new Error('the publisher declares no outbox.payload, so no row can be spoiled')
    await query(this.#options.url, spoilSql({ table, aggregateId, payload }))
    const text =
      'INSERT INTO eventproof.spoiled VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET way = excluded.way'
    await query(this.#options.url, text, [key, way])
  }

  async unspoil(key: string): Promise<void> {
    await query(this.#options.url, 'DELETE FROM eventproof.spoiled WHERE key = $1', [key])
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: this.#options.url, application_name: 'eventproof' })
    client.on('error', () => {})
    await client.connect()
    return client
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#closed.values()].map((client) => client.end().catch(() => {})))
    this.#closed.clear()
  }
}
