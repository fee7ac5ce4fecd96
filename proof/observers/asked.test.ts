import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { WireSeen } from '../../kafka-wire/seen.ts'
import type { NewEvent } from '../history/event.ts'
import { recordAsked } from './asked.ts'

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
    events.flatMap((event) => (event.kind === 'k.client' ? [[event.acks, event.topics]] : [])),
    [
      [-1, ['heartbeat']],
      [-1, ['orders', 'heartbeat']],
      [1, ['orders']],
      [0, []],
    ],
  )
})

test('settings are written down once for each way of asking, with the library, the version and the group', () => {
  const events: NewEvent[] = []
  const see = recordAsked((event) => events.push(event))
  const heartbeat = (group: string, generation: number, version = 1): WireSeen => ({
    ...{ connection: 1, clientId: 'shipping', software: 'some-client 1.2', correlationId: 1, at: 0 },
    ...{ from: 'client', api: 'consumer-group-heartbeat', version, group, generation, memberId: 'm' },
    ...{
      instanceId: null,
      rebalanceTimeoutMs: 300_000,
      serverAssignor: 'uniform',
      topics: null,
      owned: null,
    },
  })
  for (const each of [heartbeat('g', 0), heartbeat('g', 0), heartbeat('g', 3), heartbeat('other', 0)])
    see(each)
  const asked = { kind: 'k.asked', clientId: 'shipping', software: 'some-client 1.2', apiVersion: 1 }
  assert.partialDeepStrictEqual(events, [
    { ...asked, group: 'g', settings: { 'group.protocol': 'consumer', 'max.poll.interval.ms': 300_000 } },
    { ...asked, group: 'other' },
  ])
  assert.equal(events.length, 2)
})
