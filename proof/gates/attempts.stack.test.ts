import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { until } from '../../core/until.ts'
import { openStack } from '../../stacks/open-stack.ts'
import type { Stack } from '../../stacks/stack.ts'
import { ATTEMPT } from '../history/attempt-messages.ts'
import type { NewEvent } from '../history/event.ts'
import { DatabaseObserver } from '../observers/database-observer.ts'
import { query } from '../observers/query.ts'
import { Attempts } from './attempts.ts'
import { EffectGate } from './effect-gate.ts'
import type { EffectRows } from './effect-rows.sql.ts'

let stack: Stack
let logs: string
before(async () => {
  logs = await mkdtemp(join(tmpdir(), 'eventproof-attempts-'))
  stack = await openStack('processes', { logs })
  await stack.need(['postgres'])
})
after(async () => {
  await stack[Symbol.asyncDispose]()
  await rm(logs, { recursive: true })
})

/** A database with an effect table, its probe and a observer. */
async function probed(
  name: string,
  { columns = '', ...more }: Pick<EffectRows, 'done'> & { readonly columns?: string } = {},
) {
  await using parts = new AsyncDisposableStack()
  const url = parts.use(await stack.database(name)).url('host')
  await query(url, `CREATE TABLE shipments (nr serial PRIMARY KEY, event_id text UNIQUE${columns})`)
  const events: NewEvent[] = []
  const record = (event: NewEvent) => void events.push(event)
  const observer = parts.use(await DatabaseObserver.open({ url, tables: ['shipments'], record }))
  const effects = { table: 'shipments', column: 'event_id', ...more }
  const attempts = await Attempts.install({ url, effects })
  const whole = parts.move()
  return {
    url,
    events,
    attempts,
    observer,
    effects,
    record,
    run: (sql: string) => query(url, sql),
    ship: (event: string) => query(url, `INSERT INTO shipments (event_id) VALUES ('${event}')`),
    /** Messages and commits so far, in the order of the history: `attempt e-1`, `spoiled e-1`, `effect e-1,e-2`. */
    async seen(): Promise<string[]> {
      await observer.fence()
      return events.flatMap((event) => {
        if (event.kind === 'pg.message') return [`${event.prefix.split('.')[1]} ${event.content}`]
        if (event.kind !== 'pg.tx' || event.rows.length === 0) return []
        return [`effect ${event.rows.map(({ after }) => after?.event_id)}`]
      })
    },
    [Symbol.asyncDispose]: () => whole[Symbol.asyncDispose](),
  }
}

test('attempts are seen in their order among the commits, also those that roll back', async () => {
  await using shop = await probed('in_order')
  await shop.ship('e-1')
  await shop.run(`BEGIN; INSERT INTO shipments (event_id) VALUES ('e-2'); ROLLBACK`)
  await shop.run(`BEGIN; INSERT INTO shipments (event_id) VALUES ('e-2'); ROLLBACK`)
  await shop.ship('e-3')
  await shop.ship('e-2')
  assert.deepEqual(await shop.seen(), [
    'attempt e-1',
    'effect e-1',
    'attempt e-2',
    'attempt e-2',
    'attempt e-3',
    'effect e-3',
    'attempt e-2',
    'effect e-2',
  ])
})

test('a conflicting insert is an attempt; what tells no event is none', async () => {
  await using shop = await probed('conflict')
  await shop.ship('ü "1"')
  await assert.rejects(shop.ship('ü "1"'), { code: '23505' })
  await shop.run(`INSERT INTO shipments (event_id) VALUES ('ü "1"') ON CONFLICT DO NOTHING`)
  await shop.run('INSERT INTO shipments (event_id) VALUES (NULL)')
  const attempt = 'attempt ü "1"'
  assert.deepEqual(await shop.seen(), [attempt, 'effect ü "1"', attempt, attempt, 'effect '])
})

test('rows of one event are one attempt, a savepoint that is tried again is another', async () => {
  await using shop = await probed('savepoint')
  await shop.run(`INSERT INTO shipments (event_id) VALUES ('e-1')
    ON CONFLICT (event_id) DO UPDATE SET event_id = excluded.event_id`)
  await shop.run(`INSERT INTO shipments (event_id) VALUES ('e-1')
    ON CONFLICT (event_id) DO UPDATE SET event_id = excluded.event_id`)
  await shop.run(`BEGIN; SAVEPOINT s; INSERT INTO shipments (event_id) VALUES ('e-2'); ROLLBACK TO s;
    INSERT INTO shipments (event_id) VALUES ('e-2'); COMMIT`)
  assert.deepEqual(await shop.seen(), [
    'attempt e-1',
    'effect e-1',
    'attempt e-1',
    'effect e-1',
    'attempt e-2',
    'attempt e-2',
    'effect e-2',
  ])
})

test('an event is written twice in one transaction, and others between', async () => {
  await using shop = await probed('batch')
  await shop.run(`BEGIN; INSERT INTO shipments (event_id) VALUES ('e-1'), ('e-11');
    UPDATE shipments SET nr = nr; COMMIT`)
  await shop.ship('e-12')
  assert.deepEqual(await shop.seen(), [
    'attempt e-1',
    'attempt e-11',
    'effect e-1,e-11,e-1,e-11',
    'attempt e-12',
    'effect e-12',
  ])
})

test('a row that is not done yet is no attempt, and can not be spoiled', async () => {
  const done = { column: 'status', is: ['done', 'sent'] }
  await using shop = await probed('done', { done, columns: ', status text' })
  await shop.attempts.spoil('e-1', { failures: 1, sqlstate: '40001' })
  await shop.run(`INSERT INTO shipments (event_id, status) VALUES ('e-1', 'processing'), ('e-2', NULL)`)
  const finish = `UPDATE shipments SET status = 'done' WHERE event_id = 'e-1'`
  await assert.rejects(shop.run(finish), { code: '40001' })
  await shop.run(finish)
  assert.deepEqual(await shop.seen(), [
    'effect e-1,e-2',
    'attempt e-1',
    'spoiled e-1',
    'attempt e-1',
    'effect e-1',
  ])
})

test('a marked event fails so many times, with the chosen state, then succeeds', async () => {
  await using shop = await probed('transient')
  await shop.attempts.spoil('e-1', { failures: 2, sqlstate: '40001' })
  for (let time = 0; time < 2; time++) {
    await assert.rejects(shop.ship('e-1'), { code: '40001', message: 'eventproof spoils the effect of e-1' })
    await shop.ship(`other-${time}`)
  }
  await shop.ship('e-1')
  assert.deepEqual(
    (await shop.seen()).filter((line) => line.endsWith('e-1')),
    ['attempt e-1', 'spoiled e-1', 'attempt e-1', 'spoiled e-1', 'attempt e-1', 'effect e-1'],
  )
})

test('a spoiled attempt is seen before anything else commits', async () => {
  await using shop = await probed('at_once')
  await shop.attempts.spoil('e-1', { failures: 1, sqlstate: '53300' })
  await assert.rejects(shop.ship('e-1'), { code: '53300' })
  assert.deepEqual(await shop.seen(), ['attempt e-1', 'spoiled e-1'])
  assert.equal(ATTEMPT.spoiled, 'eventproof.spoiled')
})

test('for good, in a batch, and mended', async () => {
  await using shop = await probed('for_good')
  await shop.attempts.spoil('e-2', { failures: -1, sqlstate: '23514' })
  for (let time = 0; time < 3; time++) await assert.rejects(shop.ship('e-2'), { code: '23514' })
  await assert.rejects(shop.run(`INSERT INTO shipments (event_id) VALUES ('e-1'), ('e-2'), ('e-3')`), {
    code: '23514',
  })
  await shop.attempts.mend('e-2')
  await shop.run(`INSERT INTO shipments (event_id) VALUES ('e-1'), ('e-2'), ('e-3')`)
  assert.equal((await shop.seen()).at(-1), 'effect e-1,e-2,e-3')

  await shop.attempts.spoil('e-4', { failures: 1, sqlstate: '40001' })
  await assert.rejects(shop.ship('e-4'))
  await shop.attempts.spoil('e-4', { failures: 1, sqlstate: '40001' })
  await assert.rejects(shop.ship('e-4'))
  await shop.ship('e-4')
})

test('beside the effect gate: an attempt is seen while it waits there', async () => {
  await using shop = await probed('beside')
  const { url, effects, record } = shop
  await using gate = await EffectGate.install({ url, effects, record, disarmed: [] })
  await gate.close('e-1')
  const held = shop.ship('e-1')
  await gate.waiting('e-1', 10_000)
  const attempts = () => shop.events.filter(({ kind }) => kind === 'pg.message').length
  await until(() => attempts() === 1, { what: 'the attempt to be seen', deadline: 10_000 })
  await shop.ship('e-2')
  assert.deepEqual(await shop.seen(), ['attempt e-1', 'attempt e-2', 'effect e-2'])
  await gate.open('e-1')
  await held
  assert.deepEqual((await shop.seen()).at(-1), 'effect e-1')
})

test('a state that is none is refused', async () => {
  await using shop = await probed('refused')
  await assert.rejects(shop.attempts.spoil('e-1', { failures: 1, sqlstate: 'oops' }), { code: '23514' })
})
