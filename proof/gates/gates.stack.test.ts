import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { until } from '../../core/until.ts'
import { openStack } from '../../stacks/open-stack.ts'
import type { Stack } from '../../stacks/stack.ts'
import { query } from '../observers/query.ts'
import { gated, OUTBOX, PUBLISHER } from './fixture/gated.ts'
import { Gates } from './gates.ts'

let stack: Stack
let logs: string
before(async () => {
  logs = await mkdtemp(join(tmpdir(), 'eventproof-gates-'))
  stack = await openStack('processes', { logs })
  await stack.need(['postgres'])
})
after(async () => {
  await stack[Symbol.asyncDispose]()
  await rm(logs, { recursive: true })
})

const BY_STATUS = { ...PUBLISHER, outbox: { ...OUTBOX, published: 'status' } }
const DEADLINE = 10_000

/** Whether a promise has settled by now. */
async function settled(work: Promise<unknown>): Promise<boolean> {
  const open = Symbol()
  const later = new Promise((resolve) => setImmediate(resolve, open))
  return (await Promise.race([work.catch(() => {}), later])) !== open
}

describe('the commit gate', () => {
  test('holds a commit, seen with its backend, until it is opened; other keys flow', async () => {
    await using shop = await gated(stack, 'held')
    await shop.order('early')
    await shop.gates.close('commit', 'o-1')
    const held = shop.order('o-1')
    const { pid, applicationName, xid } = await shop.gates.waiting('commit', 'o-1', DEADLINE)
    const [backend] = await query(
      shop.url,
      'SELECT backend_xid::text AS xid, query FROM pg_stat_activity WHERE pid = $1',
      [pid],
    )
    assert.equal(applicationName, 'orders')
    assert.ok(xid !== null && xid === backend?.xid)
    await shop.order('o-2')
    assert.deepEqual(await shop.ids(), ['early', 'o-2'])
    assert.equal(await settled(held), false)

    await shop.gates.open('commit', 'o-1')
    await held
    assert.deepEqual(await shop.ids(), ['early', 'o-1', 'o-2'])
    assert.deepEqual(
      shop.events.map(({ kind }) => kind),
      ['gate.closed', 'gate.waiting', 'gate.opened'],
    )
    assert.partialDeepStrictEqual(shop.events[1], { gate: 'commit', key: 'o-1', pid, xid })
    const [status] = await query(shop.url, 'SELECT pg_xact_status($1::text::xid8) AS status', [xid])
    assert.equal(status?.status, 'committed')
  })

  test('a backend that is ended at the gate rolls back', async () => {
    await using shop = await gated(stack, 'ended')
    await shop.gates.close('commit', 'o-1')
    const held = assert.rejects(shop.order('o-1'), { code: '57P01' })
    const { pid, xid } = await shop.gates.waiting('commit', 'o-1', DEADLINE)
    await query(shop.url, 'SELECT pg_terminate_backend($1)', [pid])
    await held
    assert.deepEqual(await shop.ids(), [])
    assert.equal(await shop.payloadOf('o-1'), '')
    const [status] = await query(shop.url, 'SELECT pg_xact_status($1::text::xid8) AS status', [xid])
    assert.equal(status?.status, 'aborted')
    await shop.gates.open('commit', 'o-1')
    await shop.order('o-1')
  })

  test('opens by itself when the harness’ connection ends', async () => {
    await using shop = await gated(stack, 'harness_gone')
    await shop.gates.close('commit', 'o-1')
    const held = shop.order('o-1')
    await shop.gates.waiting('commit', 'o-1', DEADLINE)
    await query(
      shop.url,
      `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted`,
    )
    await held
    assert.deepEqual(await shop.ids(), ['o-1'])
    await shop.gates.open('commit', 'o-1')
    await shop.gates.close('commit', 'o-1')
    await shop.gates.open('commit', 'o-1')
  })

  test('who rolls back does not come to it', async () => {
    await using shop = await gated(stack, 'rolls_back')
    await shop.gates.close('commit', 'o-1')
    await query(shop.url, `BEGIN; INSERT INTO orders VALUES ('o-1', 1); ROLLBACK`)
    assert.deepEqual(await shop.ids(), [])
  })

  test('closed twice is closed once; what is disposed is open', async () => {
    await using shop = await gated(stack, 'twice')
    await shop.gates.close('commit', 'o-1')
    await shop.gates.close('commit', 'o-1')
    await shop.gates.close('commit', 'o-2')
    await shop.gates.open('commit', 'o-1')
    await shop.order('o-1')
    const held = shop.order('o-2')
    await shop.gates.waiting('commit', 'o-2', DEADLINE)
    await shop.gates[Symbol.asyncDispose]()
    await held
  })

  test('nobody comes: the deadline says who was waited for', async () => {
    await using shop = await gated(stack, 'nobody')
    await shop.gates.close('commit', 'o-1')
    await shop.order('o-2')
    await assert.rejects(shop.gates.waiting('commit', 'o-1', 200), /commit gate of o-1/)
  })

  test('switched off it lets everyone through and says nothing', async () => {
    await using shop = await gated(stack, 'disarmed', { disarmed: ['commit-gate'] })
    await shop.gates.close('commit', 'o-1')
    await shop.order('o-1')
    await shop.gates.open('commit', 'o-1')
    assert.deepEqual(shop.events, [])
  })
})

describe('the mark gate', () => {
  test('holds updates and deletes of a key’s outbox rows; inserts and other keys flow', async () => {
    await using shop = await gated(stack, 'mark')
    await shop.order('o-1')
    await shop.order('o-2')
    await shop.gates.close('mark', 'o-1')
    const marking = shop.mark('o-1')
    await shop.gates.waiting('mark', 'o-1', DEADLINE)
    const deleting = query(shop.url, `DELETE FROM shop."Outbox" WHERE aggregate = 'o-1'`)
    await shop.mark('o-2')
    await query(shop.url, `INSERT INTO shop."Outbox" (aggregate) VALUES ('o-1')`)
    assert.equal(await settled(marking), false)
    await shop.gates.open('mark', 'o-1')
    await Promise.all([marking, deleting])
  })

  test('lets a claim through, and holds what says that the row is done', async () => {
    await using shop = await gated(stack, 'claims', { publisher: BY_STATUS })
    const set = (status: string) =>
      query(shop.url, `UPDATE shop."Outbox" SET status = $1, locked_until = now() WHERE aggregate = 'o-1'`, [
        status,
      ])
    await query(
      shop.url,
      `ALTER TABLE shop."Outbox" ADD status text DEFAULT 'NEW', ADD locked_until timestamptz`,
    )
    await shop.order('o-1')
    await shop.gates.markedBy({ values: new Set(['SENT']), deleted: false })
    await shop.gates.close('mark', 'o-1')
    await set('CLAIMED')
    const done = set('SENT')
    await shop.gates.waiting('mark', 'o-1', DEADLINE)
    await shop.gates.open('mark', 'o-1')
    await done
  })

  test('both gates of one key are apart', async () => {
    await using shop = await gated(stack, 'apart')
    await shop.gates.close('mark', 'o-1')
    await shop.order('o-1')
    assert.deepEqual(await shop.ids(), ['o-1'])
  })
})

test('the write gate holds the first transaction before its statement, and others pass it and commit', async () => {
  await using shop = await gated(stack, 'write')
  await shop.order('o-1')
  await shop.gates.close('write', 'o-1')
  const amount = (value: number) =>
    query(shop.url, `BEGIN; UPDATE orders SET amount = ${value} WHERE id = 'o-1'; COMMIT`)
  const first = amount(2)
  const { xid } = await shop.gates.waiting('write', 'o-1', DEADLINE)
  assert.notEqual(xid, null)
  await amount(3)
  await shop.order('o-2')
  assert.equal(await settled(first), false)
  await shop.gates.open('write', 'o-1')
  await first
  const [last] = await query(shop.url, "SELECT amount, xmin::text AS xid FROM orders WHERE id = 'o-1'")
  assert.deepEqual(last, { amount: '2', xid })
  await amount(4)
})

test('refused keys can’t be committed, others can, twice is once', async () => {
  await using shop = await gated(stack, 'refused')
  await shop.gates.refuse(['bad-1', 'bad-2'])
  await shop.gates.refuse(['bad-2'])
  for (const id of ['bad-1', 'bad-2']) {
    await assert.rejects(shop.order(id), { code: 'P0001', message: `eventproof refuses the commit of ${id}` })
  }
  await shop.order('good')
  assert.deepEqual(await shop.ids(), ['good'])
  assert.equal(await shop.payloadOf('bad-1'), '')
})

test('gates stand before tables that are made later, and once more when they are made anew', async () => {
  await using database = await stack.database('later')
  const url = database.url('host')
  const { outbox: _, ...without } = PUBLISHER
  const gates = await Gates.install({ url, publisher: without, record: () => {}, disarmed: [] })
  for (const key of ['o-1', 'o-2']) {
    await query(url, 'DROP TABLE IF EXISTS orders; CREATE TABLE orders (id text PRIMARY KEY)')
    await gates.close('commit', key)
    const held = query(url, `INSERT INTO orders VALUES ('${key}')`)
    await gates.waiting('commit', key, DEADLINE)
    await gates.open('commit', key)
    await held
  }
  await assert.rejects(gates.spoil('o-1', 'oversized'), /no outbox.payload/)
  await gates[Symbol.asyncDispose]()
})

test('a gate survives a service that retries: each attempt waits again', async () => {
  await using shop = await gated(stack, 'retries')
  await shop.gates.close('commit', 'o-1')
  const pids: number[] = []
  for (let attempt = 0; attempt < 3; attempt++) {
    const held = shop.order('o-1').catch(() => {})
    const { pid } = await until(
      async () => {
        const waiting = await shop.gates.waiting('commit', 'o-1', DEADLINE)
        return pids.includes(waiting.pid) ? undefined : waiting
      },
      { what: 'the next attempt', deadline: DEADLINE },
    )
    pids.push(pid)
    await query(shop.url, 'SELECT pg_terminate_backend($1)', [pid])
    await held
  }
  await shop.gates.open('commit', 'o-1')
  await shop.order('o-1')
  assert.deepEqual(await shop.ids(), ['o-1'])
})

for (const payload of ['text', 'jsonb', 'bytea']) {
  test(`an aggregate that stands in the payload alone (${payload}) has gates, and its rows are refused`, async () => {
    const outbox = { ...OUTBOX, aggregateId: { column: 'payload', json: '$.orderId' } }
    const publisher = { ...PUBLISHER, outbox }
    await using shop = await gated(stack, `inside_${payload}`, { payload, publisher })
    await shop.order('o-1')
    await shop.gates.close('mark', 'o-1')
    await shop.order('o-2')
    await shop.mark('o-2')
    const held = shop.mark('o-1')
    await shop.gates.waiting('mark', 'o-1', DEADLINE)
    await shop.gates.open('mark', 'o-1')
    await held
    await shop.gates.spoil('o-3', 'refused')
    await assert.rejects(shop.order('o-3'), /refuses an event of o-3/)
    await shop.order('o-4')
  })
}
