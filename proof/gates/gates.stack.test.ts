import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { until } from '../../core/until.ts'
import type { PublisherDeclaration } from '../../scenarios/publishing/plan.ts'
import { openStack } from '../../stacks/open-stack.ts'
import type { Stack } from '../../stacks/stack.ts'
import type { NewEvent } from '../history/event.ts'
import { query } from '../observers/query.ts'
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

const OUTBOX = { table: 'shop.Outbox', id: 'id', aggregateId: 'aggregate', payload: 'payload' }
const PUBLISHER: PublisherDeclaration = {
  name: 'orders',
  relay: 'polling',
  state: { table: 'orders', id: 'id' },
  outbox: OUTBOX,
  topic: 'orders',
  eventId: { header: 'id' },
  order: 'per-key',
  duplicates: 'allowed',
}
const BY_STATUS = { ...PUBLISHER, outbox: { ...OUTBOX, published: 'status' } }
const DEADLINE = 10_000

/** A database with an outbox, gates, and a session of a service. */
async function gated(
  name: string,
  { payload = 'text', disarmed = [] as string[], publisher = PUBLISHER } = {},
) {
  await using parts = new AsyncDisposableStack()
  const database = parts.use(await stack.database(name))
  const url = database.url('host')
  await query(
    url,
    `CREATE TABLE orders (id text PRIMARY KEY, amount int); CREATE SCHEMA shop;
     CREATE TABLE shop."Outbox" (id serial PRIMARY KEY, aggregate text, payload ${payload}, published bool DEFAULT false)`,
  )
  const events: NewEvent[] = []
  const record = (event: NewEvent) => void events.push(event)
  const gates = parts.use(await Gates.install({ url, publisher, record, disarmed }))
  const whole = parts.move()
  return {
    url,
    gates,
    events,
    /** A transaction of the service, as one statement text; resolves when it has committed. */
    order: (id: string) =>
      query(
        url,
        `SET application_name = 'orders'; BEGIN; INSERT INTO orders VALUES ('${id}', 1);
         INSERT INTO shop."Outbox" (aggregate, payload) VALUES ('${id}', '{"orderId":"${id}"}'); COMMIT`,
      ),
    mark: (id: string) => query(url, `UPDATE shop."Outbox" SET published = true WHERE aggregate = '${id}'`),
    payloadOf: async (id: string) => {
      const [row] = await query(url, 'SELECT payload::text FROM shop."Outbox" WHERE aggregate = $1', [id])
      return row?.payload ?? ''
    },
    ids: async () => (await query(url, 'SELECT id FROM orders ORDER BY id')).map(({ id }) => id),
    [Symbol.asyncDispose]: () => whole[Symbol.asyncDispose](),
  }
}

/** Whether a promise has settled by now. */
async function settled(work: Promise<unknown>): Promise<boolean> {
  const open = Symbol()
  const later = new Promise((resolve) => setImmediate(resolve, open))
  return (await Promise.race([work.catch(() => {}), later])) !== open
}

describe('the commit gate', () => {
  test('holds a commit, seen with its backend, until it is opened; other keys flow', async () => {
    await using shop = await gated('held')
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
    await using shop = await gated('ended')
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
    await using shop = await gated('harness_gone')
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
    await using shop = await gated('rolls_back')
    await shop.gates.close('commit', 'o-1')
    await query(shop.url, `BEGIN; INSERT INTO orders VALUES ('o-1', 1); ROLLBACK`)
    assert.deepEqual(await shop.ids(), [])
  })

  test('closed twice is closed once; what is disposed is open', async () => {
    await using shop = await gated('twice')
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
    await using shop = await gated('nobody')
    await shop.gates.close('commit', 'o-1')
    await shop.order('o-2')
    await assert.rejects(shop.gates.waiting('commit', 'o-1', 200), /commit gate of o-1/)
  })

  test('switched off it lets everyone through and says nothing', async () => {
    await using shop = await gated('disarmed', { disarmed: ['commit-gate'] })
    await shop.gates.close('commit', 'o-1')
    await shop.order('o-1')
    await shop.gates.open('commit', 'o-1')
    assert.deepEqual(shop.events, [])
  })
})

describe('the mark gate', () => {
  test('holds updates and deletes of a key’s outbox rows; inserts and other keys flow', async () => {
    await using shop = await gated('mark')
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
    await using shop = await gated('claims', { publisher: BY_STATUS })
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
    await using shop = await gated('apart')
    await shop.gates.close('mark', 'o-1')
    await shop.order('o-1')
    assert.deepEqual(await shop.ids(), ['o-1'])
  })
})

test('refused keys can’t be committed, others can, twice is once', async () => {
  await using shop = await gated('refused')
  await shop.gates.refuse(['bad-1', 'bad-2'])
  await shop.gates.refuse(['bad-2'])
  for (const id of ['bad-1', 'bad-2']) {
    await assert.rejects(shop.order(id), { code: 'P0001', message: `eventproof refuses the commit of ${id}` })
  }
  await shop.order('good')
  assert.deepEqual(await shop.ids(), ['good'])
  assert.equal(await shop.payloadOf('bad-1'), '')
})

for (const payload of ['text', 'json', 'jsonb']) {
  test(`spoiled rows in a ${payload} column: too large, unreadable, and whole again`, async () => {
    await using shop = await gated(`spoiled_${payload}`, { payload })
    await shop.gates.spoil('large', 'oversized')
    await shop.gates.spoil('broken', 'unreadable')
    for (const id of ['large', 'broken', 'good']) await shop.order(id)

    const large = await shop.payloadOf('large')
    assert.ok(large.length > 1_048_588, 'beyond what a broker takes')
    assert.equal(JSON.parse(large).orderId, 'large')
    const broken = await shop.payloadOf('broken')
    if (payload === 'text') assert.throws(() => JSON.parse(broken))
    else assert.equal(typeof JSON.parse(broken), 'string')
    assert.deepEqual(JSON.parse(await shop.payloadOf('good')), { orderId: 'good' })

    await shop.gates.spoil('large', 'unreadable')
    await shop.gates.unspoil('broken')
    await query(shop.url, 'TRUNCATE orders, shop."Outbox"')
    await shop.order('broken')
    await shop.order('large')
    assert.deepEqual(JSON.parse(await shop.payloadOf('broken')), { orderId: 'broken' })
    assert.ok((await shop.payloadOf('large')).length < 100)
  })
}

test('a payload in a column of bytes is spoiled as its text, and what is no text as bytes', async () => {
  await using shop = await gated('spoiled_bytea', { payload: 'bytea' })
  const insert = async (id: string, bytes: Buffer) => {
    await query(shop.url, `INSERT INTO shop."Outbox" (aggregate, payload) VALUES ($1, $2)`, [id, bytes])
    const hex = await shop.payloadOf(id)
    return Buffer.from(hex.slice(2), 'hex')
  }
  for (const id of ['large', 'avro-large']) await shop.gates.spoil(id, 'oversized')
  for (const id of ['broken', 'avro-broken']) await shop.gates.spoil(id, 'unreadable')
  const json = Buffer.from('{"orderId":"1"}')
  const avro = Buffer.from([0, 0, 0, 0, 7, 255, 254])
  const large = await insert('large', json)
  assert.ok(large.length > 1_048_588)
  assert.equal(JSON.parse(large.toString()).orderId, '1')
  assert.equal((await insert('broken', json)).toString(), '{{"ord')
  const more = await insert('avro-large', avro)
  assert.ok(more.length > 1_048_588)
  assert.deepEqual(more.subarray(0, avro.length), avro)
  assert.deepEqual(await insert('avro-broken', avro), avro.subarray(0, 3))
  assert.deepEqual(await insert('good', json), json)
})

test('text that is no JSON is padded and cut, too, and a column that takes so much only says so', async () => {
  await using shop = await gated('spoiled_xml', { payload: 'varchar(2000000)' })
  await shop.gates.spoil('large', 'oversized')
  await query(shop.url, `INSERT INTO shop."Outbox" (aggregate, payload) VALUES ('large', '<order/>')`)
  assert.ok((await shop.payloadOf('large')).startsWith('<order/>'))
  assert.equal(await shop.gates.payloadLimit(), 2_000_000)
  await query(shop.url, `ALTER TABLE shop."Outbox" ALTER payload TYPE text`)
  assert.equal(await shop.gates.payloadLimit(), undefined)
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
  await using shop = await gated('retries')
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
