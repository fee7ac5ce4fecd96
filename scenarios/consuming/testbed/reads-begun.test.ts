import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { WireSeen } from '../../../kafka-wire/seen.ts'
import type { NewEvent } from '../../../proof/history/event.ts'
import { fed } from '../../../proof/history/view.ts'
import { Patience } from '../../testbed/patience.ts'
import { ConsumerHistory } from '../fixture/builder.ts'
import { ConsumerView } from '../view/consumer-view.ts'
import { readsBegun, recordReadsBegun } from './reads-begun.ts'

const ORIGIN = { connection: 1, software: undefined, version: 13, correlationId: 1, at: 0 }
const FETCH = { maxWaitMs: 500, minBytes: 1, maxBytes: 1, isolation: 'read_uncommitted', rack: '' } as const

test('where a client begins to read a partition of the topic is written down, once', () => {
  const events: NewEvent[] = []
  const see = recordReadsBegun('orders', (event) => void events.push(event))
  const fetch = (clientId: string, topic: string, partition: number, offset: number): WireSeen => ({
    ...ORIGIN,
    ...FETCH,
    clientId,
    from: 'client',
    api: 'fetch',
    topics: [topic],
    positions: [{ topic, partition, offset }],
  })
  see(fetch('shipping', 'orders', 0, 20))
  see(fetch('shipping', 'orders', 0, 21))
  see(fetch('shipping', 'others', 0, 3))
  see(fetch('audit', 'orders', 0, 0))
  see(fetch('shipping', 'orders', 1, -1))
  const said = { kind: 'fact', name: 'partition.read', subject: 'orders/0' }
  assert.deepEqual(events, [
    { ...said, value: { client: 'shipping', offset: 20 } },
    { ...said, value: { client: 'audit', offset: 0 } },
  ])
})

test('where the group has its partitions and no fetch is ever seen, it is not waited for', async () => {
  const h = new ConsumerHistory()
  h.add({ kind: 'fact', name: 'topic.partitions', subject: 'orders', value: 2 })
  h.generation({ shipping: [0, 1] })
  const view = fed(new ConsumerView(h.plan), h.events)
  const ended = new AbortController()
  const patience = new Patience({ disarmed: false, reach: 1000, signal: ended.signal })
  const began = performance.now()
  await readsBegun(view, patience, 30)
  const took = performance.now() - began
  assert.ok(took >= 30 && took < 5_000, `${took} ms`)
})
