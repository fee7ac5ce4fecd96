import { seededRandom } from '../../core/random.ts'
import type { HistoryEvent, NewEvent } from '../../proof/history/event.ts'
import { PLAN } from '../../scenarios/consuming/fixture/plan.ts'
import type { ConsumerPlan } from '../../scenarios/consuming/plan.ts'

const PARTITIONS = 6
const KEYS = 1000
/** Record, input, attempt, effect, commit. */
const EVENTS_PER_INPUT = 5

/** A history of a correct consumer under load: records, attempts, effects with dedupe rows, commits, some copies. */
export function generatedConsumer(size: number): {
  events: HistoryEvent[]
  plan: ConsumerPlan
  inputs: number
} {
  const plan: ConsumerPlan = { ...PLAN, windows: [], faults: [] }
  const { topic, group, retry } = plan.consumer
  const random = seededRandom(String(size))
  const events: HistoryEvent[] = []
  const offsets = new Array<number>(PARTITIONS).fill(0)
  const versions = new Map<string, number>()
  let lsn = 1000
  const add = (event: NewEvent) => {
    const seq = events.length + 1
    events.push({ seq, at: seq / 100, scenario: plan.id, ...event } as HistoryEvent)
  }
  const deliver = (n: number, key: string, version: number, copy: number) => {
    const partition = Number(key.slice(2)) % PARTITIONS
    const offset = offsets[partition] ?? 0
    offsets[partition] = offset + 1
    const amount = 10_000 + n
    const value = `{"orderId":"${key}","totalAmount":${amount},"version":${version}}`
    const batch = { producerId: 1, producerEpoch: 0, sequence: offset, transactional: false, timestamp: 0 }
    const headers = { eventId: `event-${n}` }
    const place = { topic, partition, offset }
    add({ kind: 'k.record', ...place, key, value, valueBytes: value.length, headers, ...batch })
    const asked = { expect: 'effect', failures: 0, retriable: true } as const
    add({ kind: 'input', event: `event-${n}`, key, amount, version, copy, ...place, ...asked })
    return place
  }
  const commit = ({ partition, offset }: { partition: number; offset: number }) =>
    add({ kind: 'k.commit', group, topic, partition, offset: offset + 1, position: events.length })

  add({ kind: 'scenario.plan', plan })
  const inputs = Math.floor(size / EVENTS_PER_INPUT)
  for (let n = 0; events.length < size; n++) {
    const key = `o-${random.below(KEYS)}`
    const version = (versions.get(key) ?? 0) + 1
    versions.set(key, version)
    const place = deliver(n, key, version, 1)
    lsn += 10
    const id = `event-${n}`
    add({ kind: 'pg.message', prefix: 'eventproof.attempt', content: id, lsn: lsn - 8 })
    const after = { event_id: id, order_id: key, amount: `${10_000 + n}.00`, version: String(version) }
    const rows = [
      { table: 'shipments', op: 'insert', after },
      { table: 'processed', op: 'insert', after: { event_id: id } },
    ] as const
    const lsns = { beginLsn: lsn - 5, commitLsn: lsn, committedAt: events.length / 100 }
    add({ kind: 'pg.tx', xid: String(lsn), ...lsns, rows, messages: [] })
    commit(place)
    if (random.next() < 0.05) commit(deliver(n, key, version, 2))
  }
  add({ kind: 'pg.flushed', lsn })
  for (const name of [topic, ...(retry?.topics ?? []), retry?.deadLetter ?? '']) {
    for (const [partition, end] of offsets.entries())
      add({ kind: 'k.end', topic: name, partition, from: 0, end: name === topic ? end : 0 })
  }
  add({ kind: 'k.end', topic: '__consumer_offsets', partition: 0, from: 0, end: events.length })
  add({ kind: 'scenario.end', completed: true })
  return { events, plan, inputs }
}
