import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import pg from 'pg'
import { inForm } from '../../core/key-form.ts'
import { openStack } from '../../stacks/open-stack.ts'
import type { Stack } from '../../stacks/stack.ts'
import { query } from '../observers/query.ts'
import { Gates } from './gates.ts'

let stack: Stack
let logs: string
before(async () => {
  logs = await mkdtemp(join(tmpdir(), 'eventproof-named-'))
  stack = await openStack('processes', { logs })
  await stack.need(['postgres'])
})
after(async () => {
  await stack[Symbol.asyncDispose]()
  await rm(logs, { recursive: true })
})

const OUTBOX = { table: 'shop.Outbox', id: 'id', aggregateId: 'aggregate', payload: 'payload' }
const DEADLINE = 10_000

/** Whether a promise has settled by now. */
async function settled(work: Promise<unknown>): Promise<boolean> {
  const open = Symbol()
  const look = new Promise((resolve) => setImmediate(resolve, open))
  return (await Promise.race([work.catch(() => {}), look])) !== open
}

describe('of a service that makes its ids itself', () => {
  /** Orders numbered by the database; an event tells the amount in its payload, or tells nothing. */
  async function numbering(name: string, { payload = 'text', id = 'serial' } = {}) {
    await using parts = new AsyncDisposableStack()
    const database = parts.use(await stack.database(name))
    const url = database.url('host')
    await query(
      url,
      `CREATE TABLE orders (id ${id} PRIMARY KEY, amount numeric(12, 2)); CREATE SCHEMA shop;
       CREATE TABLE shop."Outbox" (id serial PRIMARY KEY, aggregate text, payload ${payload}, published bool DEFAULT false)`,
    )
    const state = { table: 'orders', id: 'id', amount: 'amount' }
    const publisher = { state, outbox: OUTBOX }
    const gates = parts.use(await Gates.install({ url, publisher, record: () => {}, disarmed: [] }))
    const whole = parts.move()
    return {
      gates,
      url,
      /** Resolves with the number of the order. */
      order: async (amount: number, said = JSON.stringify({ total: amount })) => {
        const client = new pg.Client({ connectionString: url })
        await client.connect()
        try {
          await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ')
          const { rows } = await client.query('INSERT INTO orders (amount) VALUES ($1) RETURNING id', [
            amount,
          ])
          await client.query('INSERT INTO shop."Outbox" (aggregate, payload) VALUES ($1, $2)', [
            rows[0].id,
            said,
          ])
          await client.query('COMMIT')
          return rows[0].id as number
        } finally {
          await client.end()
        }
      },
      placed: (id: string) => query(url, `INSERT INTO orders VALUES ('${id}', 1)`),
      change: (id: number, amount: number) =>
        query(url, `UPDATE orders SET amount = ${amount} WHERE id = ${id}`),
      mark: (id: number) => query(url, `UPDATE shop."Outbox" SET published = true WHERE aggregate = '${id}'`),
      payloads: async () =>
        (await query(url, 'SELECT payload::text AS payload FROM shop."Outbox" ORDER BY id')).map(
          ({ payload }) => payload,
        ),
      [Symbol.asyncDispose]: () => whole[Symbol.asyncDispose](),
    }
  }

  test('the commit of a new order waits by the amount that was expected, and later ones by its number', async () => {
    await using shop = await numbering('made_commit')
    await shop.gates.close('commit', 'm-1')
    await shop.gates.expect('m-1', 1_000_007)
    await shop.gates.expect('other', 1_000_014)
    const held = shop.order(1_000_007)
    await shop.gates.waiting('commit', 'm-1', DEADLINE)
    await shop.order(1_000_014)
    assert.equal(await settled(held), false)
    await shop.gates.open('commit', 'm-1')
    const id = await held
    await shop.gates.close('commit', 'm-1')
    const changed = shop.change(id, 3)
    await shop.gates.waiting('commit', 'm-1', DEADLINE)
    await shop.gates.open('commit', 'm-1')
    await changed
  })

  test('its marks wait too, also where its event tells no amount', async () => {
    await using shop = await numbering('made_mark')
    await shop.gates.close('mark', 'm-1')
    await shop.gates.expect('m-1', 1_000_007)
    const id = await shop.order(1_000_007, 'nothing')
    const other = await shop.order(1_000_014)
    await shop.mark(other)
    const held = shop.mark(id)
    await shop.gates.waiting('mark', 'm-1', DEADLINE)
    await shop.gates.open('mark', 'm-1')
    await held
  })

  test('refused keys are refused by their amounts', async () => {
    await using shop = await numbering('made_refused')
    await shop.gates.refuse(['r-1'])
    await shop.gates.expect('r-1', 1_000_007)
    await assert.rejects(shop.order(1_000_007), /refuses the commit of r-1/)
    await shop.order(1_000_014)
  })

  test('an event is spoiled as it is inserted', async () => {
    await using shop = await numbering('made_spoiled', { payload: 'json' })
    await shop.gates.spoil('m-1', 'unreadable')
    await shop.gates.expect('m-1', 1_000_007)
    await shop.order(1_000_014)
    await shop.order(1_000_007)
    const [whole, spoiled] = await shop.payloads()
    assert.equal(whole, '{"total":1000014}')
    assert.notEqual(spoiled, '{"total":1000007}')
  })

  test('or takes our key in another form', async () => {
    await using shop = await numbering('made_form', { id: 'uuid' })
    const id = String(inForm('m-1', 'uuid'))
    await shop.gates.close('commit', 'm-1')
    const held = shop.placed(id)
    await shop.gates.waiting('commit', 'm-1', DEADLINE)
    await shop.gates.open('commit', 'm-1')
    await held
    await shop.gates.refuse(['r-1'])
    await assert.rejects(shop.placed(String(inForm('r-1', 'uuid'))), /refuses the commit of r-1/)
  })
})
