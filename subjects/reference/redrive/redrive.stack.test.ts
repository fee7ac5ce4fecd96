import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { endpointText } from '../../../core/endpoint.ts'
import { until } from '../../../core/until.ts'
import { openStack } from '../../../stacks/open-stack.ts'
import type { Stack } from '../../../stacks/stack.ts'
import { httpStub } from '../../../test/stack/http-stub.ts'
import {
  type RunningConsumers,
  runConsumers,
  type SentRecord,
} from '../../../test/stack/running-consumers.ts'

let stack: Stack
let logs: string

before(async () => {
  logs = await mkdtemp(join(tmpdir(), 'eventproof-redrive-'))
  stack = await openStack('processes', { logs })
  await stack.need(['postgres', 'kafka'])
})
after(async () => {
  await stack[Symbol.asyncDispose]()
  await rm(logs, { recursive: true })
})

const TOPICS = {
  'payment-events': 1,
  'payment-events-retry-0': 1,
  'payment-events-dlt': 1,
  'payment-events-parking-lot': 1,
}
/** One retry, soon: the way through the tiers is tested elsewhere. */
const QUICK = { RETRY_TOPICS: 'payment-events-retry-0', RETRY_DELAYS_MS: '100' }

const payment = (event: string): SentRecord => ({
  key: `p-${event}`,
  value: `{"paymentId":"p-${event}", "amount":5}`,
  headers: { eventId: event },
})

const waitingFor = (running: RunningConsumers, count: number) =>
  until(
    async () => (await running.rows('SELECT FROM dead_letters WHERE decision IS NULL')).length === count,
    {
      what: `${count} letters that wait`,
      deadline: 60_000,
    },
  )

test('what keeps failing is parked after three redrives, what works again takes effect once', async () => {
  await using running = await runConsumers(stack, 'schedule', TOPICS)
  await using gateway = await httpStub((call, calls) => {
    const event = call.headers['idempotency-key']
    const times = calls.filter(({ headers }) => headers['idempotency-key'] === event).length
    if (event === 'poison') return 422
    return times <= 3 ? 503 : 200
  })
  await running.start('payment', {
    ...QUICK,
    CONSUMER_GROUP: 'schedule-payment',
    PAYMENT_GATEWAY_URL: gateway.url,
  })
  await running.start('redrive', { CONSUMER_GROUP: 'schedule-redrive', REDRIVE_INTERVAL_MS: '200' })
  await running.send('payment-events', [payment('poison'), payment('ill')])
  await until(async () => (await running.stored('payment-events-parking-lot')).length > 0, {
    what: 'a parked record',
    deadline: 60_000,
  })
  await until(async () => (await running.rows('SELECT FROM payments')).length === 1, {
    what: 'a payment',
    deadline: 60_000,
  })
  assert.equal(gateway.of('poison').length, 4)
  // Two attempts, a redrive, and again two: attempts begin at 1 after it.
  assert.equal(gateway.of('ill').length, 4)
  const [parked, ...more] = await running.stored('payment-events-parking-lot')
  assert.equal(more.length, 0)
  const [original] = await running.stored('payment-events')
  assert.deepEqual([parked?.key, parked?.value], [original?.key, original?.value])
  assert.equal(parked?.headers['redrive-count'], '3')
  assert.equal(parked?.headers['kafka_original-topic'], `${running.prefix}payment-events`)
  const redriven = (await running.stored('payment-events')).slice(2)
  assert.ok(redriven.length === 4 && redriven.every(({ headers }) => !('retry_topic-attempts' in headers)))
  assert.deepEqual(
    await running.rows('SELECT decision, count(*)::int FROM dead_letters GROUP BY 1 ORDER BY 1'),
    [
      { decision: 'parked', count: 1 },
      { decision: 'redriven', count: 4 },
    ],
  )
})

test('without a schedule nothing goes back before somebody approves it', async () => {
  await using running = await runConsumers(stack, 'approval', TOPICS)
  let well = false
  await using gateway = await httpStub(() => (well ? 200 : 422))
  await running.start('payment', {
    ...QUICK,
    CONSUMER_GROUP: 'approval-payment',
    PAYMENT_GATEWAY_URL: gateway.url,
  })
  const redrive = await running.start('redrive', {
    CONSUMER_GROUP: 'approval-redrive',
    REDRIVE_INTERVAL_MS: '0',
  })
  await running.send('payment-events', ['a', 'b', 'c'].map(payment))
  await waitingFor(running, 3)
  well = true

  const url = `http://${endpointText(redrive.endpoint('host'))}`
  const post = (body: unknown) => fetch(`${url}/redrives`, { method: 'POST', body: JSON.stringify(body) })
  assert.equal((await post({ by: 'somebody', al: true })).status, 400)
  assert.equal((await post({ all: true })).status, 400)
  assert.deepEqual(await (await post({ by: 'somebody', eventIds: ['b', 'x'] })).json(), { redriven: 1 })
  await waitingFor(running, 2)

  const cli = fileURLToPath(new URL('cli.ts', import.meta.url))
  const run = (...args: string[]) =>
    promisify(execFile)(process.execPath, [cli, ...args], { env: { ...process.env, REDRIVE_URL: url } })
  const listed = JSON.parse((await run('list')).stdout)
  assert.deepEqual(
    listed.map(({ eventId, error }: Record<string, unknown>) => [eventId, error]),
    [
      ['a', 'the gateway answered 422'],
      ['c', 'the gateway answered 422'],
    ],
  )
  assert.deepEqual(JSON.parse((await run('approve', '--all', '--by', 'operator')).stdout), { redriven: 2 })
  await until(async () => (await running.rows('SELECT FROM payments')).length === 3, {
    what: 'three payments',
    deadline: 60_000,
  })
  assert.deepEqual(await running.rows('SELECT event_id, decided_by FROM dead_letters ORDER BY event_id'), [
    { event_id: 'a', decided_by: 'operator' },
    { event_id: 'b', decided_by: 'somebody' },
    { event_id: 'c', decided_by: 'operator' },
  ])
})
