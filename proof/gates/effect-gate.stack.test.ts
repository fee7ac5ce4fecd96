import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { openStack } from '../../stacks/open-stack.ts'
import type { Stack } from '../../stacks/stack.ts'
import type { NewEvent } from '../history/event.ts'
import { query } from '../observers/query.ts'
import { EffectGate } from './effect-gate.ts'
import type { EffectRows } from './effect-rows.sql.ts'

let stack: Stack
let logs: string
before(async () => {
  logs = await mkdtemp(join(tmpdir(), 'eventproof-effect-gate-'))
  stack = await openStack('processes', { logs })
  await stack.need(['postgres'])
})
after(async () => {
  await stack[Symbol.asyncDispose]()
  await rm(logs, { recursive: true })
})

const DEADLINE = 10_000
const SHIPMENTS: EffectRows = { table: 'shop.Shipments', column: 'event_id' }

/** A database with effect tables and a gate on one of them. */
async function gated(name: string, effects: EffectRows = SHIPMENTS, disarmed: readonly string[] = []) {
  await using parts = new AsyncDisposableStack()
  const url = parts.use(await stack.database(name)).url('host')
  await query(
    url,
    `CREATE SCHEMA shop;
     CREATE TABLE shop."Shipments" (event_id text, instance text, nr serial);
     CREATE TABLE balances (id text PRIMARY KEY, cents numeric(20, 2) NOT NULL);
     CREATE TABLE payments (order_id text, amount numeric(12, 2))`,
  )
  const events: NewEvent[] = []
  const record = (event: NewEvent) => void events.push(event)
  const gate = parts.use(await EffectGate.install({ url, effects, record, disarmed }))
  const whole = parts.move()
  return {
    url,
    gate,
    events,
    /** A transaction of the service; resolves when it has committed. */
    commit: (sql: string) => query(url, `SET application_name = 'shipping'; BEGIN; ${sql}; COMMIT`),
    ship: (event: string, instance: string) =>
      query(
        url,
        `BEGIN; INSERT INTO shop."Shipments" (event_id, instance) VALUES ('${event}', '${instance}'); COMMIT`,
      ),
    shipped: async () =>
      (await query(url, 'SELECT event_id, instance FROM shop."Shipments" ORDER BY nr')).map(
        ({ event_id, instance }) => `${event_id} by ${instance}`,
      ),
    [Symbol.asyncDispose]: () => whole[Symbol.asyncDispose](),
  }
}

async function settled(work: Promise<unknown>): Promise<boolean> {
  const open = Symbol()
  const look = new Promise((resolve) => setImmediate(resolve, open))
  return (await Promise.race([work.catch(() => {}), look])) !== open
}

test('the first one waits, the second one and other events pass', async () => {
  await using shop = await gated('first')
  await shop.ship('e-0', 'one')
  await shop.gate.close('e-1')
  const first = shop.ship('e-1', 'one')
  const { pid, xid } = await shop.gate.waiting('e-1', DEADLINE)
  await shop.ship('e-1', 'two')
  await shop.ship('e-2', 'two')
  await shop.ship('e-1', 'three')
  assert.equal(await settled(first), false)
  assert.deepEqual(await shop.shipped(), ['e-0 by one', 'e-1 by two', 'e-2 by two', 'e-1 by three'])
  await shop.gate.open('e-1')
  await first
  assert.deepEqual(
    shop.events.map(({ kind }) => kind),
    ['gate.closed', 'gate.waiting', 'gate.opened'],
  )
  assert.partialDeepStrictEqual(shop.events[1], { gate: 'effect', key: 'e-1', pid, xid })
  assert.ok(xid !== null)
})

test('whoever comes after one that was ended at the gate passes', async () => {
  await using shop = await gated('ended')
  await shop.gate.close('e-1')
  const first = assert.rejects(shop.ship('e-1', 'one'), { code: '57P01' })
  const { pid } = await shop.gate.waiting('e-1', DEADLINE)
  await query(shop.url, 'SELECT pg_terminate_backend($1)', [pid])
  await first
  await shop.ship('e-1', 'two')
  assert.deepEqual(await shop.shipped(), ['e-1 by two'])
})

test('a client that died at the gate takes its transaction along, one that lives passes', async () => {
  await using shop = await gated('died')
  await shop.gate.close('e-1')
  const socket = new Socket()
  const dying = new pg.Client({ connectionString: shop.url, stream: () => socket })
  dying.on('error', () => {})
  await dying.connect()
  const cut = assert.rejects(
    dying.query(`INSERT INTO shop."Shipments" (event_id, instance) VALUES ('e-1', 'one')`),
  )
  await shop.gate.waiting('e-1', DEADLINE)
  socket.destroy()
  await cut
  await shop.gate.openBehind('e-1', DEADLINE)
  await shop.ship('e-1', 'two')
  assert.deepEqual(await shop.shipped(), ['e-1 by two'])

  await shop.gate.close('e-2')
  const living = shop.ship('e-2', 'three')
  await shop.gate.waiting('e-2', DEADLINE)
  await shop.gate.openBehind('e-2', 100)
  await living
  assert.equal((await shop.shipped()).length, 2)
})

test('several effects of one event wait once; several events of one batch are held together', async () => {
  await using shop = await gated('batch')
  await shop.gate.close('e-2')
  const batch = shop.commit(
    `INSERT INTO shop."Shipments" (event_id, instance) VALUES ('e-1', 'one'), ('e-2', 'one'), ('e-2', 'one')`,
  )
  const { applicationName } = await shop.gate.waiting('e-2', DEADLINE)
  assert.equal(applicationName, 'shipping')
  assert.deepEqual(await shop.shipped(), [])
  await shop.gate.open('e-2')
  await batch
  assert.equal((await shop.shipped()).length, 3)
})

test('a gate that is closed once more waits for a first one once more', async () => {
  await using shop = await gated('once_more')
  await shop.gate.close('e-1')
  await shop.gate.close('e-1')
  const first = shop.ship('e-1', 'one')
  await shop.gate.waiting('e-1', DEADLINE)
  await shop.gate.open('e-1')
  await first
  await shop.ship('e-1', 'open')
  await shop.gate.close('e-1')
  const again = shop.ship('e-1', 'two')
  await shop.gate.waiting('e-1', DEADLINE)
  await shop.ship('e-1', 'three')
  await shop.gate.open('e-1')
  await again
})

for (const isolation of ['REPEATABLE READ', 'SERIALIZABLE']) {
  test(`it is closed also to a ${isolation} transaction that began before`, async () => {
    const name = isolation.toLowerCase().replace(' ', '_')
    await using shop = await gated(name)
    const session = new pg.Client({ connectionString: shop.url })
    await session.connect()
    await session.query(`BEGIN ISOLATION LEVEL ${isolation}`)
    await session.query('SELECT count(*) FROM shop."Shipments"')
    await shop.gate.close('e-1')
    await session.query(`INSERT INTO shop."Shipments" (event_id) VALUES ('e-1')`)
    const old = session.query('COMMIT')
    await shop.gate.waiting('e-1', DEADLINE)
    await shop.gate.open('e-1')
    await old
    await session.end()
  })
}

test('without event ids: a key of the row, or an amount whatever its scale', async () => {
  await using byKey = await gated('by_key', { table: 'payments', column: 'order_id' })
  await byKey.gate.close('o-1')
  const held = byKey.commit(`INSERT INTO payments VALUES ('o-1', 1)`)
  await byKey.gate.waiting('o-1', DEADLINE)
  await byKey.gate.open('o-1')
  await held

  await using byAmount = await gated('by_amount', { table: 'payments', column: 'amount' })
  await byAmount.gate.close('64')
  await byAmount.commit(`INSERT INTO payments VALUES ('o-1', 16), ('o-1', NULL)`)
  const paid = byAmount.commit(`INSERT INTO payments VALUES ('o-1', 64)`)
  await byAmount.gate.waiting('64', DEADLINE)
  await byAmount.gate.open('64')
  await paid
})

test('without rows of its own: what a running sum grew by', async () => {
  await using bank = await gated('growth', { table: 'balances', column: 'cents', by: 'growth' })
  const pay = (amount: number) =>
    bank.commit(
      `INSERT INTO balances VALUES ('total', ${amount}) ON CONFLICT (id) DO UPDATE SET cents = balances.cents + excluded.cents`,
    )
  await bank.gate.close('4')
  const first = pay(4)
  await bank.gate.waiting('4', DEADLINE)
  await bank.gate.open('4')
  await first
  await pay(1)
  await bank.gate.close('16')
  const held = pay(16)
  await bank.gate.waiting('16', DEADLINE)
  assert.equal((await query(bank.url, 'SELECT cents FROM balances'))[0]?.cents, '5.00')
  await bank.gate.open('16')
  await held
})

test('a role without any rights of ours passes the gate too', async () => {
  await using shop = await gated('role')
  await query(
    shop.url,
    'CREATE ROLE shipping; GRANT USAGE ON SCHEMA shop TO shipping; GRANT ALL ON ALL TABLES IN SCHEMA shop TO shipping; GRANT ALL ON ALL SEQUENCES IN SCHEMA shop TO shipping',
  )
  await shop.gate.close('e-1')
  const ship = () =>
    shop.commit(
      `SET LOCAL ROLE shipping; INSERT INTO shop."Shipments" (event_id, instance) VALUES ('e-1', 'one')`,
    )
  const first = ship()
  await shop.gate.waiting('e-1', DEADLINE)
  await ship()
  await shop.gate.open('e-1')
  await first
  await query(shop.url, 'DROP OWNED BY shipping; DROP ROLE shipping')
})

test('nobody comes: the deadline says who was waited for; what is disposed is open', async () => {
  await using shop = await gated('nobody')
  await shop.gate.close('e-1')
  await assert.rejects(shop.gate.waiting('e-1', 200), /effect gate of e-1/)
  const held = shop.ship('e-1', 'one')
  await shop.gate.waiting('e-1', DEADLINE)
  await shop.gate[Symbol.asyncDispose]()
  await held
})

test('switched off it lets everyone through and says nothing', async () => {
  await using shop = await gated('disarmed', SHIPMENTS, ['effect-gate'])
  await shop.gate.close('e-1')
  await shop.ship('e-1', 'one')
  await shop.gate.open('e-1')
  assert.deepEqual(shop.events, [])
})

test('it stands before a table that is made later, in steps, and once more when it is made anew', async () => {
  await using database = await stack.database('later_effects')
  const url = database.url('host')
  const effects = { table: 'shipments', column: 'event_id' }
  await using gate = await EffectGate.install({ url, effects, record: () => {}, disarmed: [] })
  for (const event of ['e-1', 'e-2']) {
    await query(url, 'DROP TABLE IF EXISTS shipments; CREATE TABLE shipments (nr serial PRIMARY KEY)')
    await query(url, 'ALTER TABLE shipments ADD COLUMN event_id text')
    await gate.close(event)
    const held = query(url, `INSERT INTO shipments (event_id) VALUES ('${event}')`)
    await gate.waiting(event, DEADLINE)
    await gate.open(event)
    await held
  }
})
