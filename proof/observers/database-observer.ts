import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { databaseClient } from '../../core/database-client.ts'
import { messageOf } from '../../core/error.ts'
import { until } from '../../core/until.ts'
import { attemptTold, isAttempt } from '../history/attempt-messages.ts'
import type { LogicalMessage, NewEvent, RowChange } from '../history/event.ts'
import { attach, quotedTable, TABLE_MADE } from './attachments.ts'
import { OpenQuery } from './open-query.ts'
import { PARTITIONED, Partitions, tellPartitions } from './partitions.ts'
import { PgoutputDecoder } from './pgoutput.ts'

const NAME = 'eventproof_observer'
/** The first version that tells generated columns: those that are stored. */
export const GENERATED = 180_000
const FENCE = 'eventproof.fence'

export interface DatabaseObserverOptions {
  /** Direct address of the scenario's database, past every link; the role may create slots and publications. */
  readonly url: string
  /** Tables whose rows are wanted, as declared. */
  readonly tables: readonly string[]
  readonly record: (event: NewEvent) => void
}

/**
 * Sees every committed transaction of one database through a logical replication slot of its own, in the order
 * of commit: xid, commit LSN, rows, messages. Nothing in the service knows of it. After a crash of the server it
 * comes back to the same slot; what is then delivered again is recognised by its LSN and left out.
 */
export class DatabaseObserver implements AsyncDisposable {
  readonly #options: DatabaseObserverOptions
  readonly #slot: string
  readonly #query: OpenQuery
  #client: pg.Client | undefined
  #closing = false
  #lastCommit = 0
  #lastMessage = 0
  #acknowledged = 0
  readonly #partitions = new Partitions()
  #fences = new Map<string, number>()
  #streaming: Promise<void> = Promise.resolve()
  #failure: string | undefined

  private constructor(options: DatabaseObserverOptions, slot: string, query: OpenQuery) {
    this.#options = options
    this.#slot = slot
    this.#query = query
  }

  /**
   * Creates the publication (declared tables only: a publication of all tables would make updates of tables
   * without a key fail) and the slot; every later commit is seen.
   * A table that is not there yet is watched from the moment on that it is made.
   * @throws pg.DatabaseError where the role lacks REPLICATION.
   */
  static async open(options: DatabaseObserverOptions): Promise<DatabaseObserver> {
    const query = new OpenQuery(options.url)
    try {
      const [database] = await query.ask(
        `SELECT oid, current_setting('server_version_num')::int AS version FROM pg_database WHERE datname = current_database()`,
      )
      // A row is its table's, in whichever of the table's partitions it is kept.
      const told = ['publish_via_partition_root = true']
      if (Number(database?.version) >= GENERATED) told.push('publish_generated_columns = stored')
      await query.ask(`CREATE PUBLICATION ${NAME} WITH (${told.join(', ')})`)
      // Slot names are unique in a server, and databases run side by side in it; their own names may be too long.
      const slot = `${NAME}_${database?.oid}`
      await query.ask('SELECT pg_create_logical_replication_slot($1, $2)', [slot, 'pgoutput'])
      const watch = options.tables.map((table) => ({
        name: `publication ${table}`,
        table,
        columns: [],
        sql: `ALTER PUBLICATION ${NAME} ADD TABLE ${quotedTable(table)}`,
        tells: true as const,
      }))
      await attach(options.url, [...watch, ...options.tables.map(tellPartitions)])
      const observer = new DatabaseObserver(options, slot, query)
      observer.#streaming = observer.#stream()
      return observer
    } catch (error) {
      await query[Symbol.asyncDispose]()
      throw error
    }
  }

  /**
   * Waits until every transaction that has committed before this call is in the history: commits are delivered
   * in order, so a transaction of our own that arrives comes after all of them.
   * @throws {DeadlinePassed}
   */
  async fence(deadline = 15_000): Promise<void> {
    const token = randomUUID()
    await until(() => this.#query.ask('SELECT pg_logical_emit_message(true, $1, $2)', [FENCE, token]), {
      what: 'a fence in the database',
      deadline,
      every: 100,
    })
    const lsn = await until(
      () => {
        const seen = this.#fences.get(token)
        // The deadline's error tells what stood in the way.
        if (seen === undefined && this.#failure !== undefined) throw new Error(this.#failure)
        return seen
      },
      { what: 'the database observer to see its fence', deadline, every: 5 },
    )
    this.#fences.delete(token)
    this.#options.record({ kind: 'pg.flushed', lsn })
  }

  async #stream(): Promise<void> {
    while (!this.#closing) {
      try {
        await this.#session()
      } catch (error) {
        this.#failure = messageOf(error)
      }
      if (!this.#closing) await pause(50)
    }
  }

  async #session(): Promise<void> {
    const client = databaseClient({
      connectionString: this.#options.url,
      replication: 'database',
      application_name: 'eventproof',
      connectionTimeoutMillis: 2000,
    } as pg.ClientConfig)
    const ended = new Promise<void>((resolve) => {
      client.once('end', resolve)
      client.once('error', () => resolve())
    })
    await client.connect()
    this.#client = client
    const connection = (client as unknown as { connection: ReplicationConnection }).connection
    const decoder = new PgoutputDecoder()
    const open: OpenTransaction = {
      xid: '',
      commitLsn: 0,
      committedAt: 0,
      beginLsn: 0,
      rows: [],
      messages: [],
    }
    const unreadable = Promise.withResolvers<never>()
    let whole = true
    connection.on('copyData', ({ chunk }) => {
      // What follows something unreadable would be a transaction with a hole.
      if (!whole) return
      try {
        this.#receive(chunk, decoder, open, connection)
      } catch (error) {
        // It was not acknowledged, so it comes again; as long as it can't be read no fence is passed.
        whole = false
        unreadable.reject(error)
      }
    })
    const beat = setInterval(() => this.#acknowledge(connection), 500)
    try {
      const sql = `START_REPLICATION SLOT ${this.#slot} LOGICAL 0/0 (proto_version '1', publication_names '${NAME}', messages 'true')`
      await Promise.race([client.query(sql), ended, unreadable.promise])
    } finally {
      clearInterval(beat)
      await client.end().catch(() => {})
    }
  }

  #receive(
    chunk: Buffer,
    decoder: PgoutputDecoder,
    open: OpenTransaction,
    connection: ReplicationConnection,
  ): void {
    if (chunk[0] === 0x6b) {
      if (chunk[17] === 1) this.#acknowledge(connection)
      return
    }
    if (chunk[0] !== 0x77) return
    const message = decoder.decode(chunk.subarray(25))
    switch (message.tag) {
      case 'begin':
        Object.assign(open, { ...message, beginLsn: readLsn(chunk, 1), rows: [], messages: [] })
        break
      case 'row':
        this.#partitions.add(message.row, open.rows)
        break
      case 'message':
        if (message.prefix === PARTITIONED) this.#partitions.told(message.content)
        else if (message.transactional) open.messages.push(message)
        else this.#message(message)
        break
      case 'commit':
        this.#commit(open)
        this.#acknowledged = message.endLsn
    }
  }

  #commit(open: OpenTransaction): void {
    if (open.commitLsn <= this.#lastCommit) return
    for (const { prefix, content } of open.messages) {
      if (prefix === FENCE) this.#fences.set(content, open.commitLsn)
      if (prefix === TABLE_MADE) this.#made(content)
    }
    const messages = open.messages
      .filter(({ prefix }) => prefix !== FENCE && prefix !== TABLE_MADE)
      .map(({ lsn, prefix, content }) => ({ lsn, prefix, content }))
    const { xid, beginLsn, commitLsn, committedAt, rows } = open
    if (rows.length > 0 || messages.length > 0) {
      this.#options.record({ kind: 'pg.tx', xid, beginLsn, commitLsn, committedAt, rows, messages })
    }
    this.#lastCommit = commitLsn
    this.#failure = undefined
  }

  /** A declared table is there; `anew`: it was dropped before. */
  #made(content: string): void {
    const { table, anew } = JSON.parse(content) as { table: string; anew: boolean }
    this.#options.record({ kind: 'fact', name: 'table.made', subject: table, value: anew ? 'anew' : 'first' })
  }

  /** Seen at once, whatever becomes of its transaction. */
  #message({ lsn, prefix, content }: LogicalMessage): void {
    if (lsn <= this.#lastMessage) return
    if (isAttempt(prefix)) {
      const { event, ...said } = attemptTold(content)
      this.#options.record({ kind: 'pg.message', lsn, prefix, content: event, ...said })
    } else this.#options.record({ kind: 'pg.message', lsn, prefix, content })
    this.#lastMessage = lsn
  }

  /** Standby status update: all that was received is safe in the history. */
  #acknowledge(connection: ReplicationConnection): void {
    const reply = Buffer.alloc(34)
    reply.write('r', 0, 'latin1')
    for (const at of [1, 9, 17]) reply.writeBigUInt64BE(BigInt(this.#acknowledged), at)
    reply.writeBigUInt64BE(BigInt(Date.now() - 946_684_800_000) * 1000n, 25)
    connection.sendCopyFromChunk(reply)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing = true
    await this.#client?.end().catch(() => {})
    await this.#query[Symbol.asyncDispose]()
    await this.#streaming
  }
}

interface OpenTransaction {
  xid: string
  commitLsn: number
  committedAt: number
  beginLsn: number
  rows: RowChange[]
  messages: LogicalMessage[]
}

/** The part of pg's wire connection that replication needs; pg itself has no type for it. */
interface ReplicationConnection {
  on(event: 'copyData', listener: (message: { chunk: Buffer }) => void): void
  sendCopyFromChunk(chunk: Buffer): void
}

function readLsn(bytes: Buffer, at: number): number {
  return bytes.readUInt32BE(at) * 4294967296 + bytes.readUInt32BE(at + 4)
}
