import type { EventOf, Fields, RowChange } from '../../../proof/history/event.ts'
import { amountOf, amountsIn, at, isObject, parsed } from '../../../proof/history/json-content.ts'
import { bare } from '../../../proof/history/table-name.ts'
import type { PublisherDeclaration } from '../plan.ts'
import type { Commands } from './commands.ts'
import type { CommittedTransaction, ExpectedEvent, StateChange } from './expected-event.ts'

type Open<T> = { -readonly [K in keyof T]: T[K] }

/**
 * What each committed transaction owes to the topic. Fed with transactions in commit order.
 *
 * One event per inserted outbox row, also where the same transaction deletes it again. Without an outbox row: one
 * per transactional logical message that is JSON with an id. With neither: one per change of the business table's
 * amount, which has no id. Rows that were there before the first command are no changes but seed data.
 */
export class Expectation {
  readonly events: ExpectedEvent[] = []
  readonly byId = new Map<string, ExpectedEvent>()
  /** Pairs of committed events that were given one id. */
  readonly reused: (readonly [ExpectedEvent, ExpectedEvent])[] = []
  readonly #publisher: PublisherDeclaration
  readonly #commands: Commands
  readonly #firstCommand: number
  readonly #outboxTable: string | undefined
  readonly #stateTable: string
  readonly #deleted = new Set<string>()
  readonly #amounts = new Map<string, string | undefined>()

  constructor(publisher: PublisherDeclaration, commands: Commands) {
    this.#publisher = publisher
    this.#commands = commands
    this.#firstCommand = commands.all[0]?.invoke.seq ?? Number.POSITIVE_INFINITY
    this.#outboxTable = publisher.outbox && bare(publisher.outbox.table)
    this.#stateTable = bare(publisher.state.table)
  }

  add(event: EventOf<'pg.tx'>): CommittedTransaction {
    const changes: StateChange[] = []
    const tx: CommittedTransaction = { event, commitLsn: event.commitLsn, changes, expected: [] }
    for (const row of event.rows) {
      if (bare(row.table) === this.#stateTable) this.#change(row, changes)
    }
    for (const row of event.rows) {
      if (bare(row.table) === this.#outboxTable) this.#outboxRow(row, tx)
    }
    if (tx.expected.length === 0) {
      for (const { content } of event.messages) this.#message(content, tx)
    }
    if (tx.expected.length === 0 && event.seq > this.#firstCommand) {
      for (const { id, amount } of changes) this.#expect(tx, { source: 'state', key: id, amount })
    }
    for (const { amount } of changes) this.#commands.committed(amount, tx)
    if (this.#publisher.state.amount === undefined) {
      for (const { amount } of tx.expected) this.#commands.committed(amount, tx)
    }
    return tx
  }

  #change(row: RowChange, changes: StateChange[]): void {
    const { id: idColumn, amount: amountColumn } = this.#publisher.state
    const id = row.after?.[idColumn]
    if (id === undefined || id === null) return
    if (amountColumn === undefined) {
      if (row.op === 'insert') changes.push({ id, amount: undefined })
      return
    }
    const value = row.after?.[amountColumn]
    if (value === undefined) return
    const amount = amountOf(value) ?? value ?? undefined
    if (amount === undefined || (row.op === 'update' && this.#amounts.get(id) === amount)) return
    this.#amounts.set(id, amount)
    changes.push({ id, amount })
  }

  #outboxRow(row: RowChange, tx: CommittedTransaction): void {
    const outbox = this.#publisher.outbox
    const id = (row.after ?? row.before)?.[outbox?.id ?? '']
    if (outbox === undefined || id === undefined || id === null) return
    const known = this.byId.get(id)
    if (row.op !== 'insert') {
      if (row.op === 'delete') this.#deleted.add(id)
      if (known !== undefined) this.#marked(known, row, tx)
      return
    }
    const column = (name: string | undefined) => (name === undefined ? undefined : row.after?.[name])
    const key = column(outbox.aggregateId) ?? undefined
    const payload = column(outbox.payload)
    // Put back as it was, to be published again: the same event.
    if (this.#deleted.delete(id) && known?.payload === payload) return
    const event = this.#expect(tx, {
      source: 'outbox',
      id,
      key,
      payload,
      eventType: column(outbox.eventType) ?? undefined,
      traceparent: column(outbox.traceparent) ?? undefined,
      amount: this.#amountOf(key, payload, tx),
    })
    if (row.after !== undefined) this.#settled(event, row.after, tx)
  }

  /** A later change of an outbox row: a mark, a park, a claim; in the inserting transaction also another payload. */
  #marked(event: ExpectedEvent, row: RowChange, tx: CommittedTransaction): void {
    const own = event.tx === tx
    if (row.op === 'delete' || row.after === undefined) {
      if (!own && event.mark === undefined) event.mark = markOf('deleted', tx)
      return
    }
    if (own) {
      const payload = row.after[this.#publisher.outbox?.payload ?? '']
      if (payload !== undefined) (event as Open<ExpectedEvent>).payload = payload
    } else event.touched = true
    this.#settled(event, row.after, tx)
  }

  #settled(event: ExpectedEvent, after: Fields, tx: CommittedTransaction): void {
    const outbox = this.#publisher.outbox
    if (outbox?.published !== undefined && after[outbox.published] !== undefined) {
      if (!isSet(after[outbox.published])) event.mark = undefined
      else event.mark ??= markOf('published', tx)
    }
    if (outbox?.parked !== undefined && after[outbox.parked] !== undefined) {
      const { seq, at } = tx.event
      if (!isSet(after[outbox.parked])) event.parked = undefined
      else event.parked ??= { seq, at }
    }
  }

  #message(content: string, tx: CommittedTransaction): void {
    const value = parsed(content)
    if (!isObject(value)) return
    const { eventId, outbox } = this.#publisher
    const text = (...names: (string | undefined)[]) => {
      for (const name of names) {
        const found = name === undefined ? undefined : at(value, name)
        if (typeof found === 'string' || typeof found === 'number') return String(found)
      }
      return undefined
    }
    const id = text('json' in eventId ? eventId.json : undefined, outbox?.id, 'id', 'eventId', 'event_id')
    if (id === undefined) return
    const key = text(outbox?.aggregateId, 'aggregateId', 'aggregate_id', 'key') ?? tx.changes[0]?.id
    const payload = value[outbox?.payload ?? 'payload']
    this.#expect(tx, {
      source: 'message',
      id,
      key,
      payload:
        payload === undefined ? undefined : typeof payload === 'string' ? payload : JSON.stringify(payload),
      eventType: text(outbox?.eventType),
      traceparent: text(outbox?.traceparent),
      amount: this.#amountOf(key, content, tx),
    })
  }

  #amountOf(
    key: string | undefined,
    payload: string | null | undefined,
    tx: CommittedTransaction,
  ): string | undefined {
    const change =
      tx.changes.find(({ id }) => id === key) ?? (tx.changes.length === 1 ? tx.changes[0] : undefined)
    if (change?.amount !== undefined) return change.amount
    return this.#commands.amountFor(key, amountsIn(parsed(payload)))
  }

  #expect(
    tx: CommittedTransaction,
    known: Pick<ExpectedEvent, 'source'> &
      Partial<Pick<ExpectedEvent, 'id' | 'key' | 'payload' | 'eventType' | 'traceparent' | 'amount'>>,
  ): ExpectedEvent {
    const event: ExpectedEvent = {
      source: known.source,
      id: known.id,
      key: known.key,
      tx,
      payload: known.payload,
      eventType: known.eventType,
      traceparent: known.traceparent,
      amount: known.amount,
      mark: undefined,
      parked: undefined,
      touched: false,
      records: [],
    }
    tx.expected.push(event)
    this.events.push(event)
    if (event.id !== undefined) {
      const other = this.byId.get(event.id)
      if (other === undefined) this.byId.set(event.id, event)
      else this.reused.push([other, event])
    }
    return event
  }
}

function markOf(how: 'published' | 'deleted', { event }: CommittedTransaction) {
  return { how, seq: event.seq, xid: event.xid, lsn: event.commitLsn }
}

/** A boolean that is true, or any other value: a timestamp, a reason. */
function isSet(value: string | null | undefined): boolean {
  return (
    value !== null &&
    value !== undefined &&
    value !== 'f' &&
    value !== 'false' &&
    value !== '0' &&
    value !== ''
  )
}
