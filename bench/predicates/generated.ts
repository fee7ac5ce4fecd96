import { seededRandom } from '../../core/random.ts'
import type { HistoryEvent, NewEvent, RowChange } from '../../proof/history/event.ts'
import { PLAN } from '../../scenarios/publishing/fixture/plan.ts'
import type { PublisherPlan } from '../../scenarios/publishing/plan.ts'

const PARTITIONS = 6
const KEYS = 1000
/** invoke, commit, answer, record, mark. */
const EVENTS_PER_ORDER = 5
const BATCH = 50

/** A history of a correct publisher under load: commits, answers, records, marks, some rollbacks and copies. */
export function generated(size: number): { events: HistoryEvent[]; plan: PublisherPlan; orders: number } {
  const plan: PublisherPlan = { ...PLAN, windows: [], faults: [] }
  const random = seededRandom(String(size))
  const events: HistoryEvent[] = []
  const offsets = new Array<number>(PARTITIONS).fill(0)
  let lsn = 1000
  const add = (event: NewEvent) => {
    const seq = events.length + 1
    events.push({ seq, at: seq / 100, scenario: plan.id, ...event } as HistoryEvent)
  }
  const commit = (rows: readonly RowChange[]) => {
    lsn += 10
    const lsns = { beginLsn: lsn - 5, commitLsn: lsn, committedAt: 0 }
    add({ kind: 'pg.tx', xid: String(lsn), ...lsns, rows, messages: [] })
  }
  const publish = (order: number, key: string, payload: string) => {
    const partition = Number(key.slice(2)) % PARTITIONS
    const offset = offsets[partition] ?? 0
    offsets[partition] = offset + 1
    const batch = { producerId: 1, producerEpoch: 0, sequence: offset, transactional: false, timestamp: 0 }
    const headers = { ce_specversion: '1.0', eventId: `event-${order}` }
    const { topic } = plan.publisher
    add({
      kind: 'k.record',
      topic,
      partition,
      offset,
      key,
      value: payload,
      valueBytes: payload.length,
      headers,
      ...batch,
    })
  }
  add({ kind: 'scenario.plan', plan })
  const orders = Math.floor(size / EVENTS_PER_ORDER)
  let batch: [number, string, string][] = []
  const drain = () => {
    for (const [order, key, payload] of batch) publish(order, key, payload)
    const rows = batch.map(([order, key]) => {
      const after = { id: `event-${order}`, aggregate_id: key, published: 't' }
      return { table: 'outbox', op: 'update', after } as const
    })
    commit(rows)
    batch = []
  }
  for (let order = 0; events.length < size; order++) {
    const key = `o-${random.below(KEYS)}`
    const amount = 10_000 + order
    const op = `op-${order}`
    add({ kind: 'op.invoke', op, key, amount, idempotencyKey: op, traceparent: '', refused: false })
    if (random.next() < 0.05) {
      add({ kind: 'op.fail', op, status: 409, reason: 'refused' })
      continue
    }
    const payload = `{"orderId":"${key}","totalAmount":${amount},"status":"CREATED"}`
    const outbox = { id: `event-${order}`, aggregate_id: key, payload, published: 'f', parked: null }
    commit([
      { table: 'orders', op: 'update', after: { id: key, amount: `${amount}.00` } },
      { table: 'outbox', op: 'insert', after: outbox },
    ])
    add({ kind: 'op.ok', op, status: 201 })
    batch.push([order, key, payload])
    if (batch.length === BATCH) drain()
  }
  drain()
  add({ kind: 'pg.flushed', lsn })
  for (const [partition, end] of offsets.entries()) {
    add({ kind: 'k.end', topic: plan.publisher.topic, partition, from: 0, end })
  }
  add({ kind: 'scenario.end', completed: true })
  return { events, plan, orders }
}
