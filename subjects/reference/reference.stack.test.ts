import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { until } from '../../core/until.ts'
import { openStack } from '../../stacks/open-stack.ts'
import type { Stack } from '../../stacks/stack.ts'
import { runShop } from '../../test/stack/running-shop.ts'

let stack: Stack
let logs: string

before(async () => {
  logs = await mkdtemp(join(tmpdir(), 'eventproof-reference-'))
  stack = await openStack('processes', { logs })
  await stack.need(['postgres', 'kafka', 'toxiproxy'])
})
after(async () => {
  await stack[Symbol.asyncDispose]()
  await rm(logs, { recursive: true })
})

const trace = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`

test('an order becomes one event, however often its command is repeated', async () => {
  await using shop = await runShop(stack, 'one_event')
  const headers = { 'idempotency-key': 'k1', traceparent: trace }
  const first = await shop.put('o-1', 59000, headers)
  const second = await shop.put('o-1', 59000, headers)
  assert.equal(first.status, 201)
  assert.equal(second.status, 201)
  assert.equal(await second.text(), await first.text())
  assert.equal((await shop.put('o-1', 60000)).status, 200)
  assert.equal((await shop.put('o-2', 1, headers)).status, 409)
  await shop.drained()

  const [created, changed, ...others] = shop.records
  assert.equal(others.length, 0)
  assert.equal(created?.key, 'o-1')
  assert.deepEqual(JSON.parse(created?.value ?? ''), {
    orderId: 'o-1',
    customerId: 'customer',
    totalAmount: 59000,
    version: 1,
  })
  const { eventId, ce_id, ce_specversion, ce_type, ce_subject, traceparent } = created?.headers ?? {}
  assert.equal(eventId, ce_id)
  assert.deepEqual([ce_specversion, ce_type, ce_subject, traceparent], ['1.0', 'OrderCreated', 'o-1', trace])
  assert.equal(changed?.headers.eventType, 'OrderChanged')
})

test('what the database refuses at COMMIT is answered with 409 and never published', async () => {
  await using shop = await runShop(stack, 'refused')
  await shop.sql.query(`
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'refused'; END $$;
    CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON orders DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW WHEN (NEW.id = 'bad') EXECUTE FUNCTION refuse()`)
  assert.equal((await shop.put('bad', 1)).status, 409)
  assert.equal((await shop.put('bad', -1)).status, 400)
  assert.equal((await shop.put('good', 2)).status, 201)
  await shop.drained()
  assert.deepEqual(
    shop.records.map(({ key }) => key),
    ['good'],
  )
})

test('services go on after their database connections were ended', async () => {
  await using shop = await runShop(stack, 'ended')
  assert.equal((await shop.put('o-1', 1)).status, 201)
  await shop.sql.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  )
  await until(async () => (await shop.put('o-1', 2, { 'idempotency-key': 'k2' })).ok, {
    what: 'an accepted order',
    deadline: 10_000,
  })
  await shop.drained()
  assert.deepEqual(shop.amountsOf('o-1'), [1, 2])
})

test('two relays keep the order of every aggregate', async () => {
  await using shop = await runShop(stack, 'two_relays', { relays: 2 })
  const writers = Array.from({ length: 8 }, async (_, writer) => {
    for (let amount = 1; amount <= 25; amount++) assert.ok((await shop.put(`o-${writer}`, amount)).ok)
  })
  await Promise.all(writers)
  await shop.drained()
  const expected = Array.from({ length: 25 }, (_, i) => i + 1)
  for (let writer = 0; writer < 8; writer++) assert.deepEqual(shop.amountsOf(`o-${writer}`), expected)
  assert.equal(shop.records.length, 200)
})

test('a relay that stands still keeps what it claimed for a moment only', async () => {
  await using shop = await runShop(stack, 'frozen_relay', { relays: 2 })
  const [first, second] = shop.relays
  await second?.pause()
  await shop.sql.query(`
    CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_advisory_xact_lock_shared(1); RETURN NEW; END $$;
    CREATE TRIGGER hold BEFORE UPDATE ON outbox_events FOR EACH ROW EXECUTE FUNCTION hold()`)
  const relayIs = async (state: string) =>
    ((await shop.sql.query(`SELECT FROM pg_stat_activity WHERE application_name = 'relay' AND ${state}`))
      .rowCount ?? 0) > 0
  await shop.sql.query('SELECT pg_advisory_lock(1)')
  await shop.put('o-1', 1)
  await until(() => relayIs(`wait_event = 'advisory'`), { what: 'a claim', deadline: 30_000 })
  await first?.pause()
  await shop.sql.query('SELECT pg_advisory_unlock(1)')
  await until(() => relayIs(`state = 'idle in transaction'`), { what: 'a claim kept', deadline: 30_000 })

  await second?.resume()
  await shop.put('o-1', 2)
  await shop.drained()
  await first?.resume()
  await shop.put('o-1', 3)
  await shop.drained()
  assert.deepEqual(shop.amountsOf('o-1'), [1, 2, 3])
})

test('nothing is lost when acknowledgements are', async () => {
  await using shop = await runShop(stack, 'lost_answers')
  assert.equal((await shop.put('o-0', 1)).status, 201)
  await shop.drained()
  for (let round = 1; round <= 2; round++) {
    await shop.link.blackhole('responses')
    assert.equal((await shop.put(`first-${round}`, 1)).status, 201)
    await until(() => shop.records.some(({ key }) => key === `first-${round}`), {
      what: 'a record whose acknowledgement is lost',
      deadline: 10_000,
    })
    for (let i = 0; i < 10; i++) assert.ok((await shop.put(`later-${i}`, round)).ok)
    await shop.link.heal()
    for (let i = 0; i < 10; i++) assert.ok((await shop.put(`last-${i}`, round)).ok)
    await shop.drained()
  }
  for (let i = 0; i < 10; i++) {
    assert.deepEqual(shop.amountsOf(`later-${i}`), [1, 2])
    assert.deepEqual(shop.amountsOf(`last-${i}`), [1, 2])
  }
  const copies = Map.groupBy(shop.records, ({ headers }) => headers.eventId)
  for (const [first, ...more] of copies.values()) {
    assert.ok(more.length <= 2)
    for (const copy of more) assert.deepEqual(copy, first)
  }
})

test('what can never be published is put aside, and nothing waits for it', async () => {
  await using shop = await runShop(stack, 'parked')
  await shop.sql.query(`
    INSERT INTO outbox_events (aggregate_type, aggregate_id, event_type, payload) VALUES
      ('order', 'p', 'X', 'not json'), ('no topic!', 'p', 'X', '{}'),
      ('order', 'p', 'X', to_json(repeat('x', 2000000))::text),
      ('order', 'q', 'X', to_json(repeat('x', 900000))::text), ('order', 'p', 'X', '{}'), ('order', 'q', 'X', '{}')`)
  assert.ok((await shop.put('o-1', 1)).ok)
  await shop.drained()
  const { rows } = await shop.sql.query(
    'SELECT parked_reason FROM outbox_events WHERE parked_at IS NOT NULL ORDER BY sequence',
  )
  assert.deepEqual(
    rows.map(({ parked_reason }) => parked_reason),
    [
      'the payload is not JSON',
      "'no topic!' can't be part of a topic name",
      'the payload has 2000002 bytes, more than 1000000',
    ],
  )
  assert.equal(shop.records.length, 4)
})
