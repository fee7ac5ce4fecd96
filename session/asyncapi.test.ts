import assert from 'node:assert/strict'
import { test } from 'node:test'
import reference from '../eventproof.config.ts'
import { loadKinds } from '../scenarios/kinds.ts'
import { topicsIn, topicsOf } from './asyncapi.ts'
import { AsyncApiInvalid } from './asyncapi-invalid.ts'
import { declaredTopics } from './declared-topics.ts'

const KINDS = await loadKinds()
const ROOT = new URL('..', import.meta.url).pathname
const DOCUMENT = `
asyncapi: 3.0.0
info: { title: payments, version: 1.0.0 }
channels:
  payments: { address: payment-events }
  a/b: {}
operations:
  pay: { action: receive, channel: { $ref: '#/channels/payments' } }
  tell: { action: send, channel: { $ref: '#/channels/a~1b' } }
`

test('operations say what is sent and received: by the address of their channel, or its name', () => {
  assert.deepEqual(topicsOf(DOCUMENT, 'x.yaml'), { writes: ['a/b'], reads: ['payment-events'] })
})

test('a document that can not be used is told with its place and what to try', async () => {
  const wrong: readonly (readonly [string, RegExp, RegExp])[] = [
    ['asyncapi: [', /x\.yaml:\d+:\d+/, /./],
    [DOCUMENT.replace('3.0.0', '2.6.0'), /x\.yaml/, /asyncapi: .*AsyncAPI 3/],
    [DOCUMENT.replace('receive', 'subscribe'), /x\.yaml/, /operations\.pay\.action/],
    [
      DOCUMENT.replace('channels/payments', 'channels/nothing'),
      /x\.yaml/,
      /operations\.pay\.channel.*nothing.*payments/,
    ],
    ['', /x\.yaml/, /the document/],
  ]
  for (const [text, where, what] of wrong)
    assert.throws(
      () => topicsOf(text, 'x.yaml'),
      (error) => {
        assert.ok(error instanceof AsyncApiInvalid)
        assert.match(error.detail.where ?? '', where)
        assert.match(error.detail.what, what)
        assert.ok(error.detail.hint)
        return true
      },
    )
  await assert.rejects(topicsIn('/nowhere/x.yaml'), AsyncApiInvalid)
})

test('a subject’s services write and read what the config says of them, whichever subject it says it of', async () => {
  const of = await declaredTopics(reference, ROOT, KINDS)
  // A connector also sends on the logical messages of our own observer.
  const cdc = { writes: ['order-events', 'cdc.message'], reads: [] }
  assert.deepEqual(of({ kind: 'publishing', name: 'orders-cdc' }), cdc)
  assert.deepEqual(of({ kind: 'consuming', name: 'fulfillment' }), {
    writes: ['shipment-events'],
    reads: ['order-events'],
  })
  const payment = of({ kind: 'consuming', name: 'payment' })
  assert.deepEqual(payment?.reads, [
    'payment-events',
    'payment-events-retry-0',
    'payment-events-retry-1',
    'payment-events-retry-2',
    'payment-events-dlt',
  ])
  assert.equal(payment?.writes.length, 6)
  assert.equal(of({ kind: 'scaling', name: 'order-consumer' }), undefined)
})

test('a document takes the place of the config, and further topics come to it', async () => {
  const relay = {
    ...reference.services.relay,
    command: ['relay'],
    ready: { tcp: true },
    asyncapi: 'subjects/twins/asyncapi/relay.yaml',
    topics: { reads: ['more'] },
  } as const
  const of = await declaredTopics({ ...reference, services: { ...reference.services, relay } }, ROOT, KINDS)
  assert.deepEqual(of({ kind: 'publishing', name: 'orders' }), {
    writes: ['order-events', 'audit'],
    reads: ['more'],
  })
})
