import { CHECKERS } from '../../../proof/checkers/consume/checkers.ts'
import type {
  EventOf,
  Fields,
  GroupMember,
  HistoryEvent,
  NewEvent,
  Phase,
  RowChange,
} from '../../../proof/history/event.ts'
import type { ConsumerDeclaration, ConsumerPlan } from '../../../proof/history/plan.ts'
import { CONSUMER, PLAN, type PlanChange } from './plan.ts'

/** An event that is on the topic, and where. */
export interface Placed {
  readonly id: string
  readonly key: string
  readonly amount: number
  readonly version: number
  readonly value: string
  readonly partition: number
  readonly offset: number
  readonly xid: number
}

type Expectation = Partial<Pick<EventOf<'input'>, 'expect' | 'failures' | 'retriable'>>

/** Writes a consumer's history in one line a fact. Time advances by a millisecond an event, the WAL by ten bytes. */
export class ConsumerHistory {
  readonly events: HistoryEvent[] = []
  readonly plan: ConsumerPlan
  readonly #offsets = new Map<string, number>()
  readonly #versions = new Map<string, number>()
  readonly #copies = new Map<string, number>()
  #at = 0
  #lsn = 1000
  #placed = 0
  #position = 0
  #generation = 0

  constructor({ consumer, bounds, ...plan }: PlanChange = {}) {
    this.plan = {
      ...PLAN,
      checkers: [...CHECKERS.keys()],
      ...plan,
      consumer: { ...CONSUMER, ...consumer } as ConsumerDeclaration,
      bounds: { ...PLAN.bounds, ...bounds },
    }
    this.add({ kind: 'scenario.plan', plan: this.plan })
  }

  add(event: NewEvent): HistoryEvent {
    const seq = this.events.length + 1
    const recorded = { seq, at: this.#at++, scenario: this.plan.id, ...event } as HistoryEvent
    this.events.push(recorded)
    return recorded
  }

  pass(milliseconds: number): this {
    this.#at += milliseconds
    return this
  }

  phase(phase: Phase, window?: string, trial = 1): this {
    this.add(window === undefined ? { kind: 'phase', phase } : { kind: 'phase', phase, window, trial })
    return this
  }

  /** Puts a new event on the topic: its record, and the broker's answer. */
  put(key: string, expectation: Expectation = {}, change: Partial<Placed> = {}): Placed {
    const n = ++this.#placed
    const version = (this.#versions.get(key) ?? 0) + 1
    this.#versions.set(key, version)
    const amount = 1000 + 7 * n
    const fresh = { id: `event-${n}`, key, amount, version, value: JSON.stringify({ key, amount, version }) }
    return this.copy({ ...fresh, partition: -1, offset: -1, xid: 500 + n, ...change }, expectation)
  }

  /** Puts the same event there (again), at a new offset. */
  copy(event: Placed, expectation: Expectation = {}, partition = partitionOf(event.key)): Placed {
    const { topic } = this.plan.consumer
    const record = this.record(topic, { ...event, partition })
    const copy = (this.#copies.get(event.id) ?? 0) + 1
    this.#copies.set(event.id, copy)
    const { id, key, amount, version } = event
    const { offset } = record
    const wanted = { expect: 'effect', failures: 0, retriable: true, ...expectation } as const
    this.add({ kind: 'input', event: id, key, amount, version, copy, topic, partition, offset, ...wanted })
    return { ...event, partition, offset }
  }

  /** A record of an event on any topic, at its next offset. */
  record(topic: string, event: Placed, change: Partial<EventOf<'k.record'>> = {}): EventOf<'k.record'> {
    const place = `${topic}/${event.partition}`
    const offset = this.#offsets.get(place) ?? 0
    this.#offsets.set(place, offset + 1)
    return this.add({
      kind: 'k.record',
      topic,
      partition: event.partition,
      offset,
      timestamp: this.#at,
      key: event.key,
      value: event.value,
      valueBytes: event.value.length,
      headers: { eventId: event.id },
      producerId: 1,
      producerEpoch: 0,
      sequence: offset,
      transactional: false,
      ...change,
    }) as EventOf<'k.record'>
  }

  commitRows(rows: readonly RowChange[], xid: number): EventOf<'pg.tx'> {
    this.#lsn += 10
    const lsns = { beginLsn: this.#lsn - 5, commitLsn: this.#lsn, committedAt: this.#at }
    return this.add({ kind: 'pg.tx', xid: String(xid), ...lsns, rows, messages: [] }) as EventOf<'pg.tx'>
  }

  effectRow({ id, key, amount, version }: Placed, more: Fields = {}): RowChange {
    const after = { event_id: id, order_id: key, amount: `${amount}.00`, version: String(version), ...more }
    return { table: 'shipments', op: 'insert', after }
  }

  dedupeRow({ id }: Placed): RowChange {
    return { table: 'processed', op: 'insert', after: { event_id: id, consumer: 'shipping' } }
  }

  /** The effect and what is remembered of it, in one transaction. */
  apply(event: Placed, xid = event.xid): EventOf<'pg.tx'> {
    return this.commitRows([this.effectRow(event), this.dedupeRow(event)], xid)
  }

  /** The group is done with a record. */
  commit(
    { partition, offset }: { partition: number; offset: number },
    topic = this.plan.consumer.topic,
  ): this {
    const { group } = this.plan.consumer
    this.add({ kind: 'k.commit', group, topic, partition, offset: offset + 1, position: ++this.#position })
    return this
  }

  /** A whole, good life: placed, tried, applied, committed; answered where outputs are declared. */
  handle(key: string): Placed {
    const event = this.put(key)
    this.attempt(event)
    this.apply(event)
    this.commit(event)
    if (this.plan.consumer.outputs !== undefined) this.output(event)
    return event
  }

  /** What is published because of an event. */
  output(event: Placed, change: Partial<EventOf<'k.record'>> = {}): EventOf<'k.record'> {
    const value = JSON.stringify({ orderId: event.key, amount: event.amount })
    const headers = { eventId: `output-of-${event.id}`, causationId: event.id }
    return this.record(this.plan.consumer.outputs?.topic ?? '', event, { value, headers, ...change })
  }

  handleAll(...keys: string[]): void {
    for (const key of keys) this.handle(key)
  }

  /** An attempt reached the effect table; a spoiled one rolled back. */
  attempt({ id }: Placed, spoiled = false): this {
    this.add({ kind: 'pg.message', prefix: 'eventproof.attempt', content: id, lsn: ++this.#lsn })
    if (spoiled) this.add({ kind: 'pg.message', prefix: 'eventproof.spoiled', content: id, lsn: ++this.#lsn })
    return this
  }

  call({ id }: Placed, idempotencyKey: string | null = id, status = 200): this {
    const startedAt = this.#at
    const times = { startedAt, endedAt: startedAt }
    this.add({ kind: 'call', stub: 'gateway', event: id, idempotencyKey, status, ...times })
    return this
  }

  /** Sends a record on: to a retry topic by its number, or to the dead letters. */
  divert(event: Placed, tier: number | 'dead-letter', change: Partial<EventOf<'k.record'>> = {}): Placed {
    const { retry, topic: from } = this.plan.consumer
    const topic = (tier === 'dead-letter' ? retry?.deadLetter : retry?.topics[tier]) ?? ''
    const { partition, offset } = event
    const origin = { 'from-topic': from, 'from-partition': String(partition), 'from-offset': String(offset) }
    const headers = { eventId: event.id, ...origin, error: 'Refused' }
    const record = this.record(topic, event, { headers, ...change })
    return { ...event, offset: record.offset }
  }

  /** What the declared policy does to an event that fails so often: attempts, waits, retries; in the end an effect or a dead letter. */
  fail(event: Placed, failures = this.plan.consumer.retry?.attempts ?? 1): void {
    const { retry, topic } = this.plan.consumer
    let at: readonly [string, Placed] = [topic, event]
    for (let n = 0; n < failures; n++) {
      if (n > 0) this.pass(retry?.delays[n - 1] ?? 0)
      this.attempt(event, true)
      const last = n === (retry?.attempts ?? 1) - 1
      const to = retry?.topics[n]
      if (!last && to === undefined) continue
      const next = this.divert(event, last ? 'dead-letter' : n)
      this.commit(at[1], at[0])
      at = [to ?? '', next]
    }
    if (failures >= (retry?.attempts ?? 1)) return
    this.pass(retry?.delays[failures - 1] ?? 0).attempt(event)
    this.apply(event)
    this.commit(at[1], at[0])
  }

  /** No retry can help: a dead letter at once. */
  refuse(event: Placed): void {
    this.attempt(event, true).divert(event, 'dead-letter')
    this.commit(event)
  }

  gate(id: string, what: 'closed' | 'opened'): this {
    this.add({ kind: `gate.${what}`, gate: 'effect', key: id })
    return this
  }

  waiting(id: string, xid: number | null): this {
    const fields = { pid: 42, applicationName: 'shipping', query: 'COMMIT' }
    this.add({
      kind: 'gate.waiting',
      gate: 'effect',
      key: id,
      xid: xid === null ? null : String(xid),
      ...fields,
    })
    return this
  }

  fault(what: 'armed' | 'bitten' | 'cleared', fault = 'kill', target = 'shipping'): this {
    if (what === 'armed') this.add({ kind: 'fault.armed', fault, target, effect: 'SIGKILL' })
    else if (what === 'bitten') this.add({ kind: 'fault.bitten', fault, target, evidence: 'it is gone' })
    else this.add({ kind: 'fault.cleared', fault, target, verified: true })
    return this
  }

  started(instance = 0, pid = 1): this {
    this.add({ kind: 'proc', service: 'shipping', instance, pid, event: 'started' })
    return this
  }

  /** A new generation: who owns which partitions of the topic. */
  generation(
    owners: Readonly<Record<string, readonly number[]>>,
    change: Partial<EventOf<'k.group'>> = {},
  ): this {
    const { group, topic } = this.plan.consumer
    const members: GroupMember[] = Object.entries(owners).map(([memberId, partitions]) => ({
      memberId,
      clientId: memberId,
      instanceId: null,
      partitions: partitions.map((partition) => ({ topic, partition })),
    }))
    const generation = ++this.#generation
    const position = ++this.#position
    this.add({
      kind: 'k.group',
      group,
      type: 'consumer',
      generation,
      protocol: null,
      members,
      position,
      ...change,
    })
    return this
  }

  /** The witnesses have seen everything, and the scenario is over. */
  end(completed = true): readonly HistoryEvent[] {
    this.add({ kind: 'pg.flushed', lsn: this.#lsn })
    const { topic, retry, outputs } = this.plan.consumer
    const diverted = retry ? [...retry.topics, retry.deadLetter] : []
    for (const name of [topic, ...diverted, ...(outputs ? [outputs.topic] : [])]) {
      for (const partition of [0, 1]) {
        const end = this.#offsets.get(`${name}/${partition}`) ?? 0
        this.add({ kind: 'k.end', topic: name, partition, from: 0, end })
      }
    }
    this.add({ kind: 'k.end', topic: '__consumer_offsets', partition: 0, from: 0, end: this.#position })
    this.add({ kind: 'scenario.end', completed })
    return this.events
  }

  get lsn(): number {
    return this.#lsn
  }
}

/** Keys that end in an even digit live in partition 0. */
export function partitionOf(key: string): number {
  return (key.charCodeAt(key.length - 1) ?? 0) % 2
}
