import { formsOf } from '../../core/key-form.ts'
import { until } from '../../core/until.ts'
import { attach } from '../observers/attachments.ts'
import { OpenQuery } from '../observers/open-query.ts'
import { GateLocks, type GateLocksOptions, type Waiting } from './gate-locks.ts'
import { GATES, gateTriggers } from './gates.sql.ts'
import { type MarkedIn, marksOf } from './marked-in.ts'
import type { OutboxTables } from './outbox-tables.ts'
import { limitSql, spoilSql } from './spoil.sql.ts'
import { holdFirst, LET_FIRST_PASS } from './write-gate.sql.ts'

export interface GatesOptions extends GateLocksOptions {
  readonly publisher: OutboxTables
}

/** Milliseconds that a database may be away, because of a fault, when a command is announced to it. */
const OUT_OF_REACH = 20_000

/** The gates that a publisher passes. */
type PublisherGate = 'commit' | 'mark' | 'write'

/**
 * The gates of one scenario's database. Keys are those of the load; the service may write them in another form, or make
 * ids of its own: then the amounts of commands that are expected tell which aggregate a row belongs to.
 */
export class Gates implements AsyncDisposable {
  readonly #options: GatesOptions
  readonly #locks: GateLocks
  readonly #query: OpenQuery
  /** Keys that something is done to. */
  readonly #apart = new Set<string>()

  private constructor(options: GatesOptions, query: OpenQuery) {
    this.#options = options
    this.#query = query
    this.#locks = new GateLocks(options)
  }

  /** Installs the triggers, on tables that are not there yet as soon as they are made. */
  static async install(options: GatesOptions): Promise<Gates> {
    const query = new OpenQuery(options.url)
    await query.ask(GATES)
    await attach(options.url, gateTriggers(options.publisher))
    return new Gates(options, query)
  }

  /**
   * From now on a transaction that commits a change of `key` (commit) or touches its outbox rows (mark) waits; or one
   * alone before its first statement on the business table (write), of whatever key: nothing else should come there.
   */
  async close(gate: PublisherGate, key: string): Promise<void> {
    await this.#setApart([key])
    await this.#locks.close(gate, key, gate === 'write' ? (client) => holdFirst(client, key) : undefined)
  }

  /** A command with this amount is about to be sent: what is done to its key is done to the rows that it leads to. */
  async expect(key: string, amount: number): Promise<void> {
    if (!this.#apart.has(key)) return
    const text = 'INSERT INTO eventproof.intended VALUES ($1, $2) ON CONFLICT DO NOTHING'
    const told = () => this.#query.ask(text, [String(amount), key])
    // Where the database is out of reach, so it is for the service.
    await until(told, { what: 'the database', deadline: OUT_OF_REACH, every: 100 }).catch(() => {})
  }

  /** Waits until a backend stands at the closed gate. @throws {DeadlinePassed} */
  waiting(gate: PublisherGate, key: string, deadline: number): Promise<Waiting> {
    return this.#locks.waiting(gate, key, deadline)
  }

  /** Lets everyone through again; a gate that is not closed stays open. */
  async open(gate: PublisherGate, key: string): Promise<void> {
    if (gate === 'write') await this.#query.ask(LET_FIRST_PASS, [key])
    await this.#locks.open(gate, key)
  }

  /** Makes the database refuse every commit that changes one of these keys. */
  async refuse(keys: readonly string[]): Promise<void> {
    await this.#setApart(keys)
    const text = 'INSERT INTO eventproof.refused SELECT unnest($1::text[]) ON CONFLICT DO NOTHING'
    await this.#query.ask(text, [keys])
  }

  /**
   * From now on the mark gate is for what says that a row is done, and lets claims through. @param done values of the
   * `published` column, any change of it where there are none; and whether rows are deleted
   */
  async markedBy(done: { readonly values: ReadonlySet<string> | undefined; readonly deleted: boolean }) {
    const { published, parked } = this.#options.publisher.outbox ?? {}
    // A row that goes always passes the gate; a name that no column has lets every update pass it by.
    const marks: [name: string, value: string | null][] = [
      ...(published === undefined
        ? []
        : [...(done.values ?? [null])].map((value) => [published, value] as [string, string | null])),
      ...(parked === undefined ? [] : parkedRows(parked)),
      ...(published === undefined && done.deleted ? [['', null] as [string, null]] : []),
    ]
    if (published === undefined && !done.deleted) return
    await this.#query.ask('INSERT INTO eventproof.done SELECT * FROM unnest($1::text[], $2::text[])', [
      marks.map(([name]) => name),
      marks.map(([, value]) => (value === 't' ? 'true' : value)),
    ])
  }

  /**
   * From now on the outbox row of `key` is spoiled as it is inserted: `oversized`, beyond what a broker takes, or
   * `unreadable`, cut so that it is no JSON any more; or it is `refused`, each time or once, and counted.
   * @throws where no outbox payload is declared
   */
  async spoil(key: string, way: 'oversized' | 'unreadable' | 'refused' | 'refused-once'): Promise<void> {
    const { table, aggregateId, payload } = this.#options.publisher.outbox ?? {}
    if (!table || !aggregateId || !payload)
      throw new Error('the publisher declares no outbox.payload, so no row can be spoiled')
    await this.#setApart([key])
    await this.#query.ask(spoilSql({ table, aggregateId, payload }))
    const text =
      'INSERT INTO eventproof.spoiled VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET way = excluded.way'
    await this.#query.ask(text, [key, way])
  }

  /** How many characters the payload of an outbox row has at most; undefined where its column has no limit, or is not declared. */
  async payloadLimit(): Promise<number | undefined> {
    const { table, payload } = this.#options.publisher.outbox ?? {}
    if (!table || !payload) return undefined
    const [row] = await this.#query.ask(limitSql(table, payload))
    return row?.limit == null ? undefined : Number(row.limit)
  }

  /** How often a row was refused since the last one was spoiled. */
  async refusals(): Promise<number> {
    const text = 'SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS count FROM eventproof.refusals'
    const [row] = await this.#query.ask(text)
    return Number(row?.count ?? 0)
  }

  async unspoil(key: string): Promise<void> {
    await this.#query.ask('DELETE FROM eventproof.spoiled WHERE key = $1', [key])
  }

  async #setApart(keys: readonly string[]): Promise<void> {
    const fresh = keys.filter((key) => !this.#apart.has(key))
    if (fresh.length === 0) return
    const forms = fresh.flatMap((key) => formsOf(key).map((form) => [form, key] as const))
    const text =
      'INSERT INTO eventproof.aggregates SELECT * FROM unnest($1::text[], $2::text[]) ON CONFLICT DO NOTHING'
    const told = () => this.#query.ask(text, [forms.map(([form]) => form), forms.map(([, key]) => key)])
    await until(told, { what: 'keys to be set apart in the database', deadline: OUT_OF_REACH, every: 100 })
    for (const key of fresh) this.#apart.add(key)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#locks[Symbol.asyncDispose]()
    await this.#query[Symbol.asyncDispose]()
  }
}

/** What the mark gate compares: a column with each value that says so, or with any. */
function parkedRows(parked: MarkedIn): [name: string, value: string | null][] {
  const { column, values } = marksOf(parked)
  return (values ?? [null]).map((value) => [column, value])
}
