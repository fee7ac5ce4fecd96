import type { Mutable } from '../../../core/mutable.ts'
import { isMarked, isSet, marksOf } from '../../../proof/gates/marked-in.ts'
import { appended, NONE } from '../../../proof/history/appended.ts'
import { type ColumnPlace, textAt } from '../../../proof/history/column-place.ts'
import { columnText } from '../../../proof/history/column-text.ts'
import type { EventOf, Fields, RowChange } from '../../../proof/history/event.ts'
import { amountOf, amountsIn, at, isObject, parsed } from '../../../proof/history/json-content.ts'
import { isCalled } from '../../../proof/history/table-name.ts'
import type { PublisherDeclaration } from '../plan.ts'
import { Apart } from './apart.ts'
import type { Commands } from './commands.ts'
import { type Done, saysParked } from './done.ts'
import type { CommittedTransaction, ExpectedEvent, Mark, StateChange } from './expected-event.ts'
import { KnownRows } from './known-rows.ts'

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
  readonly #done: Done
  readonly #rows = new KnownRows()
  readonly #apart = new Apart()
  readonly #isOutbox: (table: string) => boolean
  readonly #isState: (table: string) => boolean
  readonly #deleted = new Set<string>()
  #mark: Mark | undefined
  readonly #amounts = new Map<string, string | undefined>()
  /** Changes without an event of their own; another transaction may have announced them. */
  readonly unannounced: ExpectedEvent[] = []

  constructor(publisher: PublisherDeclaration, commands: Commands, done: Done) {
    this.#done = done
    this.#publisher = publisher
    this.#commands = commands
    this.#isOutbox = publisher.outbox === undefined ? () => false : isCalled(publisher.outbox.table)
    this.#isState = isCalled(publisher.state.table)
  }

  add(event: EventOf<'pg.tx'>): CommittedTransaction {
    const tx: Mutable<CommittedTransaction> = {
      event,
      commitLsn: event.commitLsn,
      changes: NONE,
      expected: NONE,
    }
    for (const row of event.rows) {
      if (!this.#isState(row.table)) continue
      const change = this.#change(row)
      if (change === undefined) continue
      tx.changes = appended(tx.changes, change)
      this.#named(change.id, change.amount, event.seq)
    }
    const { changes } = tx
    for (const row of event.rows) {
      if (this.#isOutbox(row.table)) this.#outboxRow(row, tx)
    }
    if (tx.expected.length === 0) {
      for (const { content } of event.messages) this.#message(content, tx)
    }
    const first = this.#commands.all[0]?.invoke.seq ?? Number.POSITIVE_INFINITY
    if (tx.expected.length === 0 && event.seq > first) {
      for (const { id, amount } of changes) this.#expect(tx, { source: 'state', key: id, amount })
    }
    for (const { amount } of changes) this.#commands.committed(amount, tx)
    if (this.#publisher.state.amount === undefined) {
      for (const { amount } of tx.expected) this.#commands.committed(amount, tx)
    }
    return tx
  }

  #change(row: RowChange): StateChange | undefined {
    const { id: idColumn, amount: amountColumn } = this.#publisher.state
    const id = row.after?.[idColumn]
    if (id === undefined || id === null) return undefined
    if (amountColumn === undefined) return row.op === 'insert' ? { id, amount: undefined } : undefined
    const value = row.after?.[amountColumn]
    if (value === undefined) return undefined
    const amount = amountOf(value) ?? value ?? undefined
    if (amount === undefined || (row.op === 'update' && this.#amounts.get(id) === amount)) return undefined
    this.#amounts.set(id, amount)
    return { id, amount }
  }

  #outboxRow(row: RowChange, tx: Mutable<CommittedTransaction>): void {
    const outbox = this.#publisher.outbox
    if (outbox === undefined) return
    const fresh = row.op === 'insert' || row.moved === true
    const other = outbox.only !== undefined && fresh && !isMarked(outbox.only, row.after ?? {})
    if (other) return
    // Of a row that goes the database's log has the primary key alone, which may be another column.
    const id = this.#rows.textOf(row, outbox.id)
    // What can't be read bears no id that stands inside, and is an event all the same.
    if (id === undefined && (typeof outbox.id === 'string' || row.op !== 'insert')) return
    const known = this.byId.get(id ?? '')
    // A row that has another id than it had is another event in the place of one that is gone.
    const inserted = row.op === 'insert' || (row.moved === true && known === undefined)
    if (inserted && row.after) this.#rows.add(row.after)
    if (!inserted) {
      if (row.op === 'delete' && id !== undefined) this.#deleted.add(id)
      if (known !== undefined) this.#marked(known, row, tx)
      return
    }
    const column = (name: string | undefined) => (name === undefined ? undefined : row.after?.[name])
    // Where its event can't be read it is the one that changed with it.
    const key = textAt(row.after, outbox.aggregateId) ?? this.#unread(outbox.aggregateId, tx)
    const payload = columnText(column(outbox.payload))
    // Put back as it was, to be published again: the same event.
    if (this.#deleted.delete(id ?? '') && known?.payload === payload) return
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

  /** The aggregate of an event in which it can't be read: the one that changed with it. */
  #unread(place: ColumnPlace, { changes }: CommittedTransaction): string | undefined {
    return typeof place === 'object' && changes.length === 1 ? changes[0]?.id : undefined
  }

  /** A later change of an outbox row: a mark, a park, a claim; in the inserting transaction also another payload. */
  #marked(event: ExpectedEvent, row: RowChange, tx: Mutable<CommittedTransaction>): void {
    const own = event.tx === tx
    if (row.op === 'delete' || row.after === undefined) {
      if (!own && event.mark === undefined) event.mark = this.#markIn(tx, 'deleted')
      return
    }
    if (own) {
      const payload = columnText(row.after[this.#publisher.outbox?.payload ?? ''])
      if (payload !== undefined) (event as Mutable<ExpectedEvent>).payload = payload
    } else event.touched = true
    this.#settled(event, row.after, tx)
  }

  #settled(event: ExpectedEvent, after: Fields, tx: Mutable<CommittedTransaction>): void {
    const outbox = this.#publisher.outbox
    const parked = saysParked(outbox?.parked, after)
    if (outbox?.published !== undefined && after[outbox.published] !== undefined) {
      // One column of status may say both: what it gives up is not published.
      const status = outbox.parked !== undefined && marksOf(outbox.parked).column === outbox.published
      if ((status && parked) || !this.#isDone(after[outbox.published])) event.mark = undefined
      else event.mark ??= this.#markIn(tx, 'published')
    }
    if (parked === undefined) return
    const { seq, at } = tx.event
    if (parked) event.parked ??= { seq, at }
    else event.parked = undefined
  }

  #isDone(value: Fields[string] | undefined): boolean {
    return isSet(value) && (this.#done.values?.has(value) ?? true)
  }

  /** Rows that are marked together share their mark. */
  #markIn({ event }: CommittedTransaction, how: Mark['how']): Mark {
    const { seq, xid, commitLsn: lsn } = event
    if (this.#mark?.lsn !== lsn || this.#mark.how !== how) this.#mark = { how, seq, xid, lsn }
    return this.#mark
  }

  #message(content: string, tx: Mutable<CommittedTransaction>): void {
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
    const declared = (place: ColumnPlace | undefined) =>
      typeof place === 'object' ? (textAt(columnsOf(value), place) ?? undefined) : text(place)
    const id =
      text('json' in eventId ? eventId.json : undefined) ??
      declared(outbox?.id) ??
      text('id', 'eventId', 'event_id')
    if (id === undefined) return
    const key =
      declared(outbox?.aggregateId) ?? text('aggregateId', 'aggregate_id', 'key') ?? tx.changes[0]?.id
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

  /** The command with this amount tells what we call the aggregate with this id. */
  #named(id: string | undefined, amount: string | undefined, seq: number): void {
    const [command] = this.#commands.of(amount)
    if (id === undefined || command === undefined || command.invoke.seq > seq) return
    const { aggregates } = this.#commands
    aggregates.committed(id, aggregates.nameOf(id, seq) ?? command.invoke.key)
  }

  #amountOf(
    key: string | undefined,
    payload: string | null | undefined,
    tx: Mutable<CommittedTransaction>,
  ): string | undefined {
    const change =
      tx.changes.find(({ id }) => id === key) ?? (tx.changes.length === 1 ? tx.changes[0] : undefined)
    if (change?.amount !== undefined) return change.amount
    const { seq } = tx.event
    const name = this.#commands.aggregates.nameOf(key, seq)
    const amount = this.#commands.amountFor(name, amountsIn(parsed(payload)), seq)
    this.#named(key, amount, seq)
    return amount
  }

  #expect(
    tx: Mutable<CommittedTransaction>,
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
      records: NONE,
    }
    tx.expected = appended(tx.expected, event)
    this.events.push(event)
    if (event.source === 'state' && event.amount !== undefined) this.unannounced.push(event)
    this.#apart.add(event)
    if (event.id !== undefined) {
      const other = this.byId.get(event.id)
      if (other === undefined) this.byId.set(event.id, event)
      else this.reused.push([other, event])
    }
    return event
  }
}

/** A message as a row would hold it. */
function columnsOf(message: Readonly<Record<string, unknown>>): Fields {
  const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))
  return Object.fromEntries(Object.entries(message).map(([name, value]) => [name, text(value)]))
}
