import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { NewEvent } from '../../proof/history/event.ts'
import type { WireSeen } from '../../proof/wire/seen.ts'
import { recordAsked } from './wire.ts'

const produce = (acks: number, ...topics: string[]): WireSeen => ({
  connection: 1,
  clientId: 'relay',
  software: undefined,
  version: 13,
  correlationId: 1,
  at: 0,
  from: 'client',
  api: 'produce',
  acks,
  timeoutMs: 1000,
  transactionalId: null,
  idempotent: true,
  topics,
  batches: [],
})

test('each way of asking is written down once for each topic; an unnamed topic may be any', () => {
  const events: NewEvent[] = []
  const see = recordAsked((event) => events.push(event))
  const asked = [produce(-1, 'heartbeat'), produce(-1, 'heartbeat'), produce(-1, 'orders', 'heartbeat')]
  for (const each of [...asked, produce(-1, 'orders'), produce(1, 'orders'), produce(0, '?id', 'orders')])
    see(each)
  assert.deepEqual(
    events.map((event) => event.kind === 'k.client' && [event.acks, event.topics]),
    [
      [-1, ['heartbeat']],
      [-1, ['orders', 'heartbeat']],
      [1, ['orders']],
      [0, []],
    ],
  )
})
