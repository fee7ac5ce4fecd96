import pg from 'pg'
import { until } from '../../core/until.ts'
import type { GateName, NewEvent, PublisherDeclaration } from '../history/event.ts'
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
    const { state, outbox } = options.publisher
    const client = new pg.Client({ connectionString: options.url })
    await client.connect()
    try {
      await client.query(
        gateSql({
          stateTable: tableName(client, state.table),
          stateKey: client.escapeLiteral(state.id),
          ...(outbox
            ? {
                outboxTable: tableName(client, outbox.table),
                outboxKey: client.escapeLiteral(outbox.aggregateId),
              }
            : {}),
        }),
      )
    } finally {
      await client.end()
    }
    return new Gates(options)
  }

  /** From now on, who commits a change of `key` (commit) or touches its outbox rows (mark) waits. */
  async close(gate: GateName, key: string): Promise<void> {
    if (this.#options.disarmed.includes(`${gate}-gate`)) return
    const client = await this.#connect()
    await client.query('SELECT pg_advisory_lock($1, hashtext($2))', [GATE_CLASS[gate], key])
    this.#closed.set(`${gate} ${key}`, client)
    this.#options.record({ kind: 'gate.closed', gate, key })
  }

  /** Waits until a backend stands at the closed gate. @throws {DeadlinePassed} */
  async waiting(gate: GateName, key: string, deadline: number): Promise<Waiting> {
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
  async open(gate: GateName, key: string): Promise<void> {
    const client = this.#closed.get(`${gate} ${key}`)
    if (!client) return
    this.#closed.delete(`${gate} ${key}`)
    // Said before it is done: what the log witness sees after this line may have been let through.
    this.#options.record({ kind: 'gate.opened', gate, key })
    await client.end().catch(() => {})
  }

  /** Makes the database refuse every commit that changes one of these keys. */
  async refuse(keys: readonly string[]): Promise<void> {
    const client = await this.#connect()
    await client.query('INSERT INTO eventproof.refused SELECT unnest($1::text[]) ON CONFLICT DO NOTHING', [
      keys,
    ])
    await client.end()
  }

  /**
   * From now on the outbox row of `key` is spoiled as it is inserted: `oversized`, beyond what a broker takes, or
   * `unreadable`, cut so that it is no JSON any more. @throws where no outbox payload is declared
   */
  async spoil(key: string, way: 'oversized' | 'unreadable'): Promise<void> {
    const { outbox } = this.#options.publisher
    if (!outbox?.payload)
      throw new Error('the publisher declares no outbox.payload, so no row can be spoiled')
    const client = await this.#connect()
    try {
      const names = {
        table: tableName(client, outbox.table),
        key: outbox.aggregateId,
        payload: outbox.payload,
      }
      await client.query(spoilSql(names))
      await client.query('INSERT INTO eventproof.spoiled VALUES ($1, $2)', [key, way])
    } finally {
      await client.end()
    }
  }

  async unspoil(key: string): Promise<void> {
    const client = await this.#connect()
    await client.query('DELETE FROM eventproof.spoiled WHERE key = $1', [key])
    await client.end()
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

function tableName(client: pg.Client, name: string): string {
  return name
    .split('.')
    .map((part) => client.escapeIdentifier(part))
    .join('.')
}
