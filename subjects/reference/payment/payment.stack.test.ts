import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { until } from '../../../core/until.ts'
import { openStack } from '../../../stacks/open-stack.ts'
import type { Stack } from '../../../stacks/stack.ts'
import { httpStub } from '../../../test/stack/http-stub.ts'
import { linesOf } from '../../../test/stack/lines-of.ts'
import {
  type RunningConsumers,
  runConsumers,
  type SentRecord,
} from '../../../test/stack/running-consumers.ts'

let stack: Stack
let logs: string

before(async () => {
  logs = await mkdtemp(join(tmpdir(), 'eventproof-payment-'))
  stack = await openStack('processes', { logs })
  await stack.need(['postgres', 'kafka'])
})
after(async () => {
  await stack[Symbol.asyncDispose]()
  await rm(logs, { recursive: true })
})

const TOPICS = {
  'payment-events': 2,
  'payment-events-retry-0': 2,
  'payment-events-retry-1': 2,
  'payment-events-retry-2': 2,
  'payment-events-dlt': 1,
  'payment-events-parking-lot': 1,
}
const trace = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`

const payment = (event: string, amount = 5): SentRecord => ({
  key: `p-${event}`,
  value: `{ "paymentId":"p-${event}",  "amount": ${amount} }`,
  headers: { eventId: event, traceparent: trace },
})

const booked = (running: RunningConsumers, count: number) =>
  until(async () => (await running.rows('SELECT FROM payments')).length >= count, {
    what: `${count} payments`,
    deadline: 60_000,
  })

test('what fails is retried after 1, 2 and 4 seconds, then is a dead letter; nothing waits for it', async () => {
  await using running = await runConsumers(stack, 'tiers', TOPICS)
  await using gateway = await httpStub(({ headers }, calls) => {
    const event = String(headers['idempotency-key'])
    const calledBefore = calls.filter((call) => call.headers['idempotency-key'] === event).length - 1
    if (event.startsWith('always')) return 503
    if (event.startsWith('never')) return 422
    return calledBefore < Number(/^fails-(\d)/.exec(event)?.[1] ?? 0) ? 503 : 200
  })
  await using alerts = await httpStub((_, calls) => (calls.length === 1 ? 500 : 200))
  const service = await running.start('payment', {
    CONSUMER_GROUP: 'tiers-group',
    PAYMENT_GATEWAY_URL: gateway.url,
    ALERT_WEBHOOK_URL: alerts.url,
  })
  await running.send('payment-events', [
    payment('fails-1'),
    payment('always'),
    payment('fails-3'),
    payment('never'),
    payment('bad', 0),
    { key: 'p', value: Buffer.from([0xff, 0x00, 0x7b]), headers: { eventId: 'unreadable' } },
    payment('good'),
    payment('good'),
  ])
  await booked(running, 1)
  assert.deepEqual(await running.rows('SELECT event_id FROM payments'), [{ event_id: 'good' }])
  await booked(running, 3)
  await until(() => alerts.calls.length > 4, { what: 'an alert for each dead letter', deadline: 60_000 })

  const dead = await running.stored('payment-events-dlt')
  const facts = dead
    .map(({ headers }) => [
      headers.eventId,
      headers['retry_topic-attempts'],
      headers['kafka_exception-fqcn'],
      headers['kafka_original-topic'],
    ])
    .sort()
  const from = `${running.prefix}payment-events`
  assert.deepEqual(facts, [
    ['always', '4', 'GatewayUnavailable', from],
    ['bad', '1', 'Refused', from],
    ['never', '1', 'Rejected', from],
    ['unreadable', '1', 'UndecodableEvent', from],
  ])
  const originals = await running.stored('payment-events')
  for (const letter of dead) {
    const original = originals.find(
      ({ partition, offset }) =>
        partition === Number(letter.headers['kafka_original-partition']) &&
        offset === Number(letter.headers['kafka_original-offset']),
    )
    assert.deepEqual([letter.key, letter.value], [original?.key, original?.value])
    assert.equal(Number(letter.headers['kafka_original-timestamp']), original?.timestamp)
    assert.equal(letter.headers.traceparent, original?.headers.traceparent)
  }
  const starts = gateway.of('always').map(({ at }) => at)
  const gaps = starts.slice(1).map((at, index) => at - (starts[index] ?? 0))
  assert.equal(gaps.length, 3)
  for (const [index, delay] of [1000, 2000, 4000].entries()) assert.ok((gaps[index] ?? 0) >= delay - 50)
  assert.equal(gateway.of('fails-3').length, 4)
  assert.equal(gateway.of('fails-1').length, 2)
  assert.equal(gateway.of('never').length, 1)
  assert.equal(gateway.calls[0]?.headers.traceparent, trace)
  await service.stop()
  assert.equal(running.ends.at(-1)?.code, 0)
})

test('while the dead letters take nothing, no offset passes the record, and the gateway is not asked again', async () => {
  const { 'payment-events-dlt': _, ...others } = TOPICS
  await using running = await runConsumers(stack, 'no_dlt', { ...others, 'payment-events': 1 })
  await using gateway = await httpStub(({ headers }) => (headers['idempotency-key'] === 'bad' ? 400 : 200))
  const service = await running.start('payment', {
    CONSUMER_GROUP: 'no-dlt-group',
    PAYMENT_GATEWAY_URL: gateway.url,
  })
  await running.send('payment-events', [payment('first'), payment('bad'), payment('last')])
  const refusals = async () =>
    (await linesOf(service)).filter((line) => line.includes('not stored, sent again')).length
  await until(async () => (await refusals()) >= 3, { what: 'three refusals', deadline: 60_000 })
  assert.ok(((await running.committed('no-dlt-group', 'payment-events'))[0] ?? 0) <= 1)
  await running.admin.createTopics({ topics: [{ topic: `${running.prefix}payment-events-dlt` }] })
  await booked(running, 2)
  await until(async () => (await running.committed('no-dlt-group', 'payment-events'))[0] === 3, {
    what: 'all to be committed',
    deadline: 60_000,
  })
  assert.equal(gateway.of('bad').length, 1)
  assert.equal((await running.stored('payment-events-dlt')).length, 1)
})
