import type {
  EventOf,
  Fields,
  GateName,
  HistoryEvent,
  NewEvent,
  Phase,
  RowChange,
} from '../../proof/history/event.ts'
import type { PublisherPlan } from '../../proof/history/plan.ts'
import { PLAN, type PlanChange, PUBLISHER } from './plan.ts'

/** A command and the event that it leads to. */
export interface Order {
  readonly op: string
  readonly key: string
  readonly amount: number
  readonly id: string
  readonly xid: number
  readonly payload: string
}

/** Writes histories in one line a fact. Time advances by a millisecond an event, the WAL by ten bytes a commit. */
export class HistoryBuilder {
  readonly events: HistoryEvent[] = []
  readonly plan: PublisherPlan
  readonly offsets: number[] = [0, 0]
  #at = 0
  #lsn = 1000
  #orders = 0

  constructor({ publisher, bounds, ...plan }: PlanChange = {}) {
    this.plan = {
      ...PLAN,
      ...plan,
      publisher: { ...PUBLISHER, ...publisher },
      bounds: { ...PLAN.bounds, ...bounds },
    }
    this.add({ kind: 'scenario.plan', plan: this.plan })
  }

  add(event: NewEvent): HistoryEvent {
    const recorded = {
      seq: this.events.length + 1,
      at: this.#at++,
      scenario: this.plan.id,
      ...event,
    } as HistoryEvent
    this.events.push(recorded)
    return recorded
  }

  /** Lets time pass. */
  pass(milliseconds: number): this {
    this.#at += milliseconds
    return this
  }

  phase(phase: Phase, window?: string, trial = 1): this {
    this.add(window === undefined ? { kind: 'phase', phase } : { kind: 'phase', phase, window, trial })
    return this
  }

  /** Asks for an order; nothing is committed yet. Transaction ids rise in this order. */
  invoke(key: string, refused = false): Order {
    const n = ++this.#orders
    const amount = 1000 + n
    const order = {
      op: `op-${n}`,
      key,
      amount,
      id: `event-${n}`,
      xid: 500 + n,
      payload: JSON.stringify({ key, amount }),
    }
    this.add({
      kind: 'op.invoke',
      op: order.op,
      key,
      amount,
      idempotencyKey: order.op,
      traceparent: '',
      refused,
    })
    return order
  }

  ok({ op }: Order): this {
    this.add({ kind: 'op.ok', op, status: 201 })
    return this
  }

  fail({ op }: Order): this {
    this.add({ kind: 'op.fail', op, status: 409, reason: 'refused' })
    return this
  }

  info({ op }: Order): this {
    this.add({ kind: 'op.info', op, reason: 'no answer' })
    return this
  }

  commit(rows: readonly RowChange[], xid: number, messages: readonly string[] = []): EventOf<'pg.tx'> {
    this.#lsn += 10
    return this.add({
      kind: 'pg.tx',
      xid: String(xid),
      beginLsn: this.#lsn - 5,
      commitLsn: this.#lsn,
      committedAt: 0,
      rows,
      messages: messages.map((content) => ({ prefix: 'outbox', content, lsn: this.#lsn - 1 })),
    }) as EventOf<'pg.tx'>
  }

  stateRow({ key, amount }: Order): RowChange {
    return { table: 'orders', op: 'insert', after: { id: key, amount: `${amount}.00` } }
  }

  outboxRow({ id, key, payload }: Order, more: Fields = {}): RowChange {
    return {
      table: 'outbox',
      op: 'insert',
      after: { id, aggregate_id: key, payload, published: 'f', parked: null, ...more },
    }
  }

  /** The business row and its event in one transaction. */
  commitOrder(order: Order): EventOf<'pg.tx'> {
    return this.commit([this.stateRow(order), this.outboxRow(order)], order.xid)
  }

  publish(order: Order, change: Partial<EventOf<'k.record'>> = {}): EventOf<'k.record'> {
    const partition = change.partition ?? partitionOf(order.key)
    const offset = this.offsets[partition] ?? 0
    this.offsets[partition] = offset + 1
    return this.add({
      kind: 'k.record',
      topic: this.plan.publisher.topic,
      partition,
      offset,
      timestamp: 0,
      key: order.key,
      value: order.payload,
      valueBytes: order.payload.length,
      headers: { eventId: order.id },
      producerId: 1,
      producerEpoch: 0,
      sequence: offset,
      transactional: false,
      ...change,
    }) as EventOf<'k.record'>
  }

  /** The next offset of a partition is gone before anybody reads it. */
  removed(partition: number): this {
    const from = this.offsets[partition] ?? 0
    this.offsets[partition] = from + 1
    this.add({ kind: 'k.removed', topic: this.plan.publisher.topic, partition, from, to: from + 1 })
    return this
  }

  /** What a watched client asked for. */
  client(change: Partial<EventOf<'k.client'>> = {}): EventOf<'k.client'> {
    const topics = [this.plan.publisher.topic]
    const asked = {
      clientId: 'relay',
      acks: -1,
      idempotent: true,
      transactional: false,
      apiVersion: 7,
      topics,
    }
    return this.add({ kind: 'k.client', ...asked, ...change }) as EventOf<'k.client'>
  }

  /** The end marker of a Kafka transaction: it takes an offset. */
  endTransaction(partition: number, outcome: 'commit' | 'abort', producerId = 7): this {
    const offset = this.offsets[partition] ?? 0
    this.offsets[partition] = offset + 1
    this.add({ kind: 'k.control', topic: this.plan.publisher.topic, partition, offset, producerId, outcome })
    return this
  }

  mark(order: Order, fields: Fields = { published: 't' }): EventOf<'pg.tx'> {
    return this.commit(
      [{ table: 'outbox', op: 'update', after: { id: order.id, aggregate_id: order.key, ...fields } }],
      9000,
    )
  }

  remove({ id }: Order): EventOf<'pg.tx'> {
    return this.commit([{ table: 'outbox', op: 'delete', before: { id } }], 9000)
  }

  /** A whole, good life: asked, committed, acknowledged, published, marked. */
  order(key: string): Order {
    const order = this.invoke(key)
    this.commitOrder(order)
    this.ok(order)
    this.publish(order)
    this.mark(order)
    return order
  }

  orders(...keys: string[]): void {
    for (const key of keys) this.order(key)
  }

  gate(gate: GateName, key: string, what: 'closed' | 'opened'): this {
    this.add({ kind: `gate.${what}`, gate, key })
    return this
  }

  waiting(gate: GateName, key: string, xid: number | null = null): this {
    const fields = { pid: 42, applicationName: 'orders', query: 'COMMIT' }
    this.add({ kind: 'gate.waiting', gate, key, xid: xid === null ? null : String(xid), ...fields })
    return this
  }

  fault(what: 'armed' | 'bitten' | 'cleared', fault = 'kill-relay', target = 'relay'): this {
    if (what === 'armed') this.add({ kind: 'fault.armed', fault, target, effect: 'SIGKILL' })
    else if (what === 'bitten')
      this.add({ kind: 'fault.bitten', fault, target, evidence: 'the process is gone' })
    else this.add({ kind: 'fault.cleared', fault, target, verified: true })
    return this
  }

  slot(confirmedFlushLsn: number | null, change: Partial<EventOf<'pg.slot'>> = {}): this {
    const positions = {
      active: true,
      restartLsn: confirmedFlushLsn,
      walStatus: 'reserved',
      currentLsn: this.#lsn,
    }
    this.add({ kind: 'pg.slot', slot: 'cdc', confirmedFlushLsn, ...positions, ...change })
    return this
  }

  /** The witnesses have seen everything, and the scenario is over. */
  end(completed = true): readonly HistoryEvent[] {
    this.seen()
    this.add({ kind: 'scenario.end', completed })
    return this.events
  }

  seen(): this {
    this.add({ kind: 'pg.flushed', lsn: this.#lsn })
    for (const [partition, end] of this.offsets.entries()) {
      this.add({ kind: 'k.end', topic: this.plan.publisher.topic, partition, from: 0, end })
    }
    return this
  }

  get lsn(): number {
    return this.#lsn
  }
}

/** Keys that end in an even digit live in partition 0. */
export function partitionOf(key: string): number {
  return (key.charCodeAt(key.length - 1) ?? 0) % 2
}
