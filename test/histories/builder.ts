import type {
  EventOf,
  Fields,
  GateName,
  HistoryEvent,
  NewEvent,
  Phase,
  PublisherDeclaration,
  RowChange,
  ScenarioPlan,
} from '../../proof/history/event.ts'
import type { Window } from '../../proof/window.ts'

export const PUBLISHER: PublisherDeclaration = {
  name: 'orders',
  relay: 'polling',
  state: { table: 'orders', id: 'id', amount: 'amount' },
  outbox: {
    table: 'outbox',
    id: 'id',
    aggregateId: 'aggregate_id',
    payload: 'payload',
    published: 'published',
    parked: 'parked',
  },
  topic: 'order-events',
  eventId: { header: 'eventId' },
  order: 'per-key',
  duplicates: 'allowed',
}

export const PLAN: ScenarioPlan = {
  id: 'w5',
  title: 'published, not marked',
  controls: ['P1'],
  publisher: PUBLISHER,
  windows: ['W5'],
  trials: 1,
  faults: ['kill-relay'],
  checkers: ['OA1', 'OA2', 'OA3', 'OA4', 'OA5', 'OA6', 'OA7', 'OA8', 'OR1', 'OR2'],
  bounds: { recovery: 1000, headOfLine: 500, events: 3, keys: 2 },
  seed: '1',
  disarmed: [],
  marked: [],
}

/** A command and the event that it leads to. */
export interface Order {
  readonly op: string
  readonly key: string
  readonly amount: number
  readonly id: string
  readonly xid: number
  readonly payload: string
}

export type PlanChange = Partial<Omit<ScenarioPlan, 'publisher' | 'bounds'>> & {
  readonly publisher?: Partial<PublisherDeclaration>
  readonly bounds?: Partial<ScenarioPlan['bounds']>
}

/** Writes histories in one line a fact. Time advances by a millisecond an event, the WAL by ten bytes a commit. */
export class HistoryBuilder {
  readonly events: HistoryEvent[] = []
  readonly plan: ScenarioPlan
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
      producerId: -1,
      producerEpoch: -1,
      sequence: -1,
      transactional: false,
      ...change,
    }) as EventOf<'k.record'>
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

/** Window W5 as the judge of these tests knows it: the relay was killed while it waited to mark. */
export const W5: Window = {
  id: 'W5',
  title: 'published, not marked',
  entered(trial) {
    const waiting = trial.first('gate.waiting')
    const bitten = trial.first('fault.bitten')
    if (waiting === undefined || bitten === undefined || waiting.seq > bitten.seq) return undefined
    return {
      grade: 'A' as const,
      says: 'the relay waited to mark when it was killed',
      events: [waiting.seq, bitten.seq],
    }
  },
}

/** A scenario that deserves HELD: the relay dies between the record and the mark, and publishes a copy. */
export function heldScenario(change: PlanChange = {}): HistoryBuilder {
  const h = new HistoryBuilder(change)
  h.add({ kind: 'proc', service: 'relay', instance: 0, pid: 1, event: 'started' })
  h.phase('control-before')
  for (const key of ['o-0', 'o-1', 'o-0']) h.order(key)
  h.phase('fault', 'W5')
  h.gate('mark', 'o-2', 'closed')
  const order = h.invoke('o-2')
  h.commitOrder(order)
  h.ok(order)
  h.publish(order)
  h.waiting('mark', 'o-2').fault('armed').fault('bitten').gate('mark', 'o-2', 'opened').fault('cleared')
  h.add({ kind: 'proc', service: 'relay', instance: 0, pid: 2, event: 'started' })
  h.publish(order)
  h.mark(order)
  h.phase('control-after')
  for (const key of ['o-0', 'o-1', 'o-2']) h.order(key)
  h.phase('drain')
  return h
}
