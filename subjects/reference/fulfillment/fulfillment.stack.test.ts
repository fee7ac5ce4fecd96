import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { endpointText } from '../../../core/endpoint.ts'
import { until } from '../../../core/until.ts'
import { openStack } from '../../../stacks/open-stack.ts'
import type { Stack } from '../../../stacks/stack.ts'
import { linesOf } from '../../../test/stack/lines-of.ts'
import {
  type RunningConsumers,
  runConsumers,
  type SentRecord,
} from '../../../test/stack/running-consumers.ts'

let stack: Stack
let logs: string

before(async () => {
  logs = await mkdtemp(join(tmpdir(), 'eventproof-fulfillment-'))
  stack = await openStack('processes', { logs })
  await stack.need(['postgres', 'kafka', 'toxiproxy'])
})
after(async () => {
  await stack[Symbol.asyncDispose]()
  await rm(logs, { recursive: true })
})

const TOPICS = { 'order-events': 4, 'order-events-dlt': 1, 'shipment-events': 2 }

const order = (event: string, orderId: string, amount: number, version = 1): SentRecord => ({
  key: orderId,
  value: JSON.stringify({ orderId, customerId: 'c', totalAmount: amount, version }),
  headers: { eventId: event, eventType: 'OrderCreated' },
})

const shipments = async (running: RunningConsumers) =>
  Number((await running.rows('SELECT count(*) FROM shipments'))[0]?.count)

const shipped = (running: RunningConsumers, count: number) =>
  until(async () => (await shipments(running)) >= count, { what: `${count} shipments`, deadline: 60_000 })

const allCommitted = (running: RunningConsumers, group: string) =>
  until(
    async () => {
      const ends = await running.admin.fetchTopicOffsets(`${running.prefix}order-events`)
      const offsets = await running.committed(group, 'order-events')
      return ends.every(({ partition, high }) => Number(high) === 0 || offsets[partition] === Number(high))
    },
    { what: 'every offset to be committed', deadline: 60_000 },
  )

test('events take effect once, whatever comes twice, late or unreadable', async () => {
  await using running = await runConsumers(stack, 'once', TOPICS)
  const group = 'once-group'
  await running.send('order-events', [
    order('e-1', 'o-1', 10),
    order('e-1', 'o-1', 10),
    order('e-3', 'o-1', 30, 3),
    order('e-2', 'o-1', 20, 2),
    { key: 'o-2', value: 'not json', headers: { eventId: 'e-4' } },
    { key: 'o-2', value: null, headers: { eventId: 'e-5' } },
    order('e-\u0000', 'o-2', 1),
    order('e-6', 'o-2', 60),
  ])
  const service = await running.start('fulfillment', { CONSUMER_GROUP: group })
  await shipped(running, 4)
  await running.send('order-events', [{ ...order('e-6', 'o-2', 60), partition: 0 }, order('e-7', 'o-3', 70)])
  await shipped(running, 5)
  await allCommitted(running, group)

  assert.deepEqual(await running.rows('SELECT event_id, amount::int FROM shipments ORDER BY event_id'), [
    { event_id: 'e-1', amount: 10 },
    { event_id: 'e-2', amount: 20 },
    { event_id: 'e-3', amount: 30 },
    { event_id: 'e-6', amount: 60 },
    { event_id: 'e-7', amount: 70 },
  ])
  assert.deepEqual(
    await running.rows(`SELECT amount::int, version FROM fulfilled_orders WHERE order_id = 'o-1'`),
    [{ amount: 30, version: 3 }],
  )
  assert.deepEqual(
    await running.rows(`SELECT count(*)::int FROM processed_events p JOIN shipments s USING (event_id)
                       WHERE p.xmin::text = s.xmin::text`),
    [{ count: 5 }],
  )
  const deadLetters = await running.stored('order-events-dlt')
  assert.deepEqual(deadLetters.map(({ headers }) => headers['kafka_exception-fqcn']).sort(), [
    'DatabaseError',
    'UndecodableEvent',
    'UndecodableEvent',
  ])
  await service.stop()
  assert.equal(running.ends.at(-1)?.code, 0)
})

test('each shipment is published once it is committed, under an id that stays; a copy is not answered', async () => {
  await using running = await runConsumers(stack, 'announced', TOPICS)
  const service = await running.start('fulfillment', { CONSUMER_GROUP: 'announced-group' })
  await running.send('order-events', [
    order('e-1', 'o-1', 10),
    order('e-2', 'o-1', 20, 2),
    order('e-1', 'o-1', 10),
  ])
  await shipped(running, 2)
  await allCommitted(running, 'announced-group')
  await running.send('order-events', [order('e-1', 'o-1', 10), order('e-3', 'o-2', 30)])
  await shipped(running, 3)
  // It does not go before it has published what it shipped.
  await service.stop()
  assert.equal(running.ends.at(-1)?.code, 0)

  const outputs = await running.stored('shipment-events')
  const said = outputs.map(({ key, value, headers: { causationId } }) => [
    causationId,
    key,
    JSON.parse(String(value)).amount,
  ])
  assert.deepEqual(said.sort(), [
    ['e-1', 'o-1', 10],
    ['e-2', 'o-1', 20],
    ['e-3', 'o-2', 30],
  ])
  const rows = await running.rows('SELECT id::text FROM outbox_events WHERE published')
  assert.deepEqual(outputs.map(({ headers }) => headers.eventId).sort(), rows.map(({ id }) => id).sort())
  assert.equal(outputs[0]?.headers.ce_source, '/fulfillment-service')
})

test('while the group changes, those who keep their partitions go on; nothing is lost', async () => {
  await using running = await runConsumers(stack, 'rolling', TOPICS)
  const group = 'rolling-group'
  const env = { CONSUMER_GROUP: group }
  const stateOf = async () => (await running.admin.describeGroups([group])).groups[0]?.state
  const first = await running.start('fulfillment', env)
  const second = await running.start('fulfillment', { ...env, SESSION_TIMEOUT_MS: '60000' })
  await using load = loading(running)
  await shipped(running, 100)

  // The group waits for one that stands still before it takes a newcomer in.
  await second.pause()
  const starting = running.start('fulfillment', env)
  await until(async () => (await stateOf()) === 'PreparingRebalance', {
    what: 'a group that changes',
    deadline: 60_000,
  })
  const before = await shipments(running)
  await until(async () => (await shipments(running)) > before + 100, {
    what: 'work that goes on',
    deadline: 8000,
  })
  assert.equal(await stateOf(), 'PreparingRebalance')
  await second.resume()
  const third = await starting

  await first.kill()
  await first.restart()
  await second.stop()
  await third.stop()
  await load[Symbol.asyncDispose]()
  await shipped(running, load.sent)
  await allCommitted(running, group)
  assert.equal(await shipments(running), load.sent)
  const [description] = (await running.admin.describeGroups([group])).groups
  assert.equal(description?.protocol, 'cooperative-sticky')
})

test('a member that stands still in a transaction keeps its successor from the same event for a moment only', async () => {
  await using running = await runConsumers(stack, 'frozen', TOPICS)
  const env = { CONSUMER_GROUP: 'frozen-group' }
  const first = await running.start('fulfillment', env)
  const lock = await running.sql.connect()
  await lock.query('BEGIN; LOCK TABLE fulfilled_orders')
  await running.send('order-events', [order('e-1', 'o-1', 1)])
  const states = async (state: string) =>
    (await running.rows(`SELECT FROM pg_stat_activity WHERE application_name = 'fulfillment' AND ${state}`))
      .length > 0
  await until(() => states(`wait_event_type = 'Lock'`), { what: 'work', deadline: 30_000 })
  await first.pause()
  // Its statement is through, and the event remembered, in a transaction that nobody ends.
  await lock.query('COMMIT')
  lock.release()
  await until(() => states(`state = 'idle in transaction'`), {
    what: 'an open transaction',
    deadline: 30_000,
  })

  const second = await running.start('fulfillment', env)
  await shipped(running, 1)
  await first.resume()
  await allCommitted(running, 'frozen-group')
  await running.send('order-events', [order('e-2', 'o-1', 2, 2)])
  await shipped(running, 2)
  await second.stop()
  await first.stop()
  assert.equal(await shipments(running), 2)
})

test('a member that stands still or works too long is replaced, and comes back', async () => {
  await using running = await runConsumers(stack, 'replaced', TOPICS)
  const env = { CONSUMER_GROUP: 'replaced-group' }
  const first = await running.start('fulfillment', {
    ...env,
    MAX_POLL_INTERVAL_MS: '3000',
    MAX_POLL_RECORDS: '50',
  })
  await using load = loading(running)
  await shipped(running, 100)
  const lock = await running.sql.connect()
  await lock.query('BEGIN; LOCK TABLE shipments')
  await until(async () => (await linesOf(first)).join().includes('the work takes too long'), {
    what: 'a member that leaves',
    deadline: 60_000,
  })
  await lock.query('COMMIT')
  lock.release()
  await shipped(running, load.sent)

  const second = await running.start('fulfillment', env)
  await first.pause()
  await shipped(running, load.sent + 200)
  await first.resume()
  await shipped(running, load.sent + 200)
  await load[Symbol.asyncDispose]()
  await shipped(running, load.sent)
  await second.stop()
  await allCommitted(running, 'replaced-group')
  assert.equal(await shipments(running), load.sent)
})

test('SIGTERM lets work end; an offset that was not told is told anew, and nothing takes effect twice', async () => {
  await using running = await runConsumers(stack, 'ending', TOPICS)
  await using link = await stack.link('ending-kafka', 'kafka', 'service')
  const group = 'ending-group'
  const env = { CONSUMER_GROUP: group, KAFKA_BOOTSTRAP_SERVERS: endpointText(link.endpoint('service')) }
  const service = await running.start('fulfillment', env)
  const lock = await running.sql.connect()
  await lock.query('BEGIN; LOCK TABLE shipments')
  await running.send('order-events', [order('e-1', 'o-1', 1)])
  const waits = `SELECT FROM pg_stat_activity WHERE application_name = 'fulfillment' AND wait_event_type = 'Lock'`
  await until(async () => (await running.rows(waits)).length > 0, { what: 'work', deadline: 30_000 })
  const ended = service.stop()
  await lock.query('COMMIT')
  lock.release()
  await ended
  assert.equal(running.ends.at(-1)?.code, 0)
  await allCommitted(running, group)

  await service.restart()
  const held = await running.sql.connect()
  await held.query('BEGIN; LOCK TABLE shipments')
  await running.send('order-events', [order('e-2', 'o-2', 2)])
  await until(async () => (await running.rows(waits)).length > 0, { what: 'work', deadline: 30_000 })
  await link.blackhole('requests')
  await held.query('COMMIT')
  held.release()
  await shipped(running, 2)
  await service.kill()
  await link.heal()
  assert.equal(sum(await running.committed(group, 'order-events')), 1)
  await service.restart()
  await allCommitted(running, group)
  assert.equal(await shipments(running), 2)
})

/** Orders for as long as some are shipped, until it is disposed of. */
function loading(running: RunningConsumers) {
  const state = { sent: 0, on: true }
  const sending = (async () => {
    let seen = -1
    while (state.on) {
      const now = await shipments(running)
      if (now === seen && state.sent > now + 500) continue
      seen = now
      const batch = Array.from({ length: 20 }, () => {
        const number = ++state.sent
        return order(`e-${number}`, `o-${number % 50}`, number, number)
      })
      await running.send('order-events', batch)
    }
  })()
  return {
    get sent() {
      return state.sent
    },
    async [Symbol.asyncDispose]() {
      state.on = false
      await sending
    },
  }
}

/** Offsets of all partitions, those that nobody has committed left out. */
function sum(offsets: readonly number[]): number {
  return offsets.reduce((total, offset) => total + Math.max(offset, 0), 0)
}
