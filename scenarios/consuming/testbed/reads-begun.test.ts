import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { WireSeen } from '../../../kafka-wire/seen.ts'
import type { NewEvent } from '../../../proof/history/event.ts'
import { recordReadsBegun } from './reads-begun.ts'

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
