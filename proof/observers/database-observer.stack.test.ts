import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { openStack } from '../../stacks/open-stack.ts'
import type { Database, Stack } from '../../stacks/stack.ts'
import type { EventOf, NewEvent } from '../history/event.ts'
import { DatabaseObserver } from './database-observer.ts'
import { missingColumns } from './declared-tables.ts'

let stack: Stack
let logs: string
before(async () => {
  logs = await mkdtemp(join(tmpdir(), 'eventproof-database-observer-'))
  stack = await openStack('processes', { logs })
  await stack.need(['postgres'])
})
after(async () => {
  await stack[Symbol.asyncDispose]()
  await rm(logs, { recursive: true })
})

type Seen = NewEvent & { kind: 'pg.tx' }

/** A database with a table, a observer and a session; `ownServer` where it is to be killed. */
async function watched(name: string, ownServer = false) {
  await using parts = new AsyncDisposableStack()
  const database = parts.use(await stack.database(name, { ownServer }))
  const session = await connect(database)
  parts.defer(() => session.end())
  await session.query('CREATE TABLE rows (id int PRIMARY KEY, note text); CREATE TABLE unseen (id int)')
  const events: NewEvent[] = []
  const observer = parts.use(
    await DatabaseObserver.open({
      url: database.url('host'),
      tables: ['rows'],
      record: (event) => events.push(event),
    }),
  )
  const whole = parts.move()
  return {
    database,
    session,
    events,
    observer,
    /** The transactions that have committed by now, in the order of the history. */
    async commits(): Promise<Seen[]> {
      await observer.fence()
      return events.filter((event) => event.kind === 'pg.tx')
    },
    [Symbol.asyncDispose]: () => whole[Symbol.asyncDispose](),
  }
}

async function connect(database: Database): Promise<pg.Client> {
  const session = new pg.Client({ connectionString: database.url('host') })
  session.on('error', () => {})
  await session.connect()
  return session
}

const ids = (seen: readonly Seen[]) => seen.map(({ rows }) => rows.map(({ after }) => Number(after?.id)))

test('transactions come in the order of their commits, with their xid', async () => {
  await using watch = await watched('commit_order')
  const { session, database } = watch
  const other = await connect(database)
  const begin = async (client: pg.Client, id: number) => {
    await client.query('BEGIN')
    await client.query('INSERT INTO rows VALUES ($1)', [id])
    return String((await client.query('SELECT txid_current()')).rows[0].txid_current)
  }
  const first = await begin(session, 1)
  const second = await begin(other, 2)
  await other.query('COMMIT')
  await session.query('COMMIT')
  await other.end()

  const commits = await watch.commits()
  assert.deepEqual(
    commits.map(({ xid }) => xid),
    [second, first],
  )
  assert.deepEqual(ids(commits), [[2], [1]])
  assert.ok(commits.every(({ beginLsn, commitLsn }) => beginLsn > 0 && beginLsn < commitLsn))
  assert.ok((commits[0]?.commitLsn ?? 0) < (commits[1]?.commitLsn ?? 0))
  assert.ok(commits.every(({ committedAt }) => Math.abs(committedAt - Date.now()) < 3_600_000))
})

test('what was rolled back is not seen, but a message outside of the transaction is', async () => {
  await using watch = await watched('rolled_back')
  const { session } = watch
  await session.query(`BEGIN; INSERT INTO rows VALUES (1);
    SELECT pg_logical_emit_message(true, 'inside', 'lost'), pg_logical_emit_message(false, 'outside', 'ü "kept"');
    ROLLBACK`)
  await session.query(`BEGIN; INSERT INTO rows VALUES (2); SAVEPOINT s; INSERT INTO rows VALUES (3); ROLLBACK TO s;
    SELECT pg_logical_emit_message(true, 'inside', 'committed'); COMMIT`)
  const [commit, ...more] = await watch.commits()
  assert.equal(more.length, 0)
  assert.ok(commit)
  assert.deepEqual(ids([commit]), [[2]])
  assert.partialDeepStrictEqual(commit.messages, [{ prefix: 'inside', content: 'committed' }])
  const [message, ...others] = watch.events.filter((event) => event.kind === 'pg.message')
  assert.equal(others.length, 0)
  assert.partialDeepStrictEqual(message, { prefix: 'outside', content: 'ü "kept"' })
})

test('a row that is inserted, changed and deleted in one transaction shows all three', async () => {
  await using watch = await watched('in_one')
  await watch.session.query(`BEGIN; INSERT INTO rows VALUES (1, 'a'); UPDATE rows SET note = NULL;
    DELETE FROM rows; COMMIT`)
  const [commit] = await watch.commits()
  assert.deepEqual(commit?.rows, [
    { table: 'rows', op: 'insert', after: { id: '1', note: 'a' } },
    { table: 'rows', op: 'update', after: { id: '1', note: null } },
    { table: 'rows', op: 'delete', before: { id: '1' } },
  ])
})

test('tables that are not declared and empty transactions leave no trace; large values that did not change are left out', async () => {
  await using watch = await watched('others')
  const { session } = watch
  await session.query('INSERT INTO unseen VALUES (1)')
  await session.query('ALTER TABLE rows ALTER note SET STORAGE EXTERNAL')
  await session.query(`INSERT INTO rows VALUES (1, repeat('x', 100000))`)
  await session.query('UPDATE rows SET id = 2')
  const [insert, update, ...more] = await watch.commits()
  assert.equal(more.length, 0)
  assert.equal(insert?.rows[0]?.after?.note?.length, 100_000)
  assert.deepEqual(update?.rows, [{ table: 'rows', op: 'update', before: { id: '1' }, after: { id: '2' } }])
})

test('what the database makes of other columns is seen as they are', async () => {
  await using watch = await watched('generated')
  const made = `ADD COLUMN length int GENERATED ALWAYS AS (char_length(note)) STORED`
  await watch.session.query(`ALTER TABLE rows ${made}; INSERT INTO rows VALUES (1, 'four')`)
  assert.equal((await watch.commits())[0]?.rows[0]?.after?.length, '4')

  const declared = { table: 'rows', as: 'length', also: 'twice' }
  await watch.session.query('ALTER TABLE rows ADD COLUMN twice int GENERATED ALWAYS AS (id * 2) VIRTUAL')
  const missing = await missingColumns(watch.database.url('host'), [declared])
  assert.deepEqual(
    missing.map(({ column, generated }) => ({ column, generated })),
    [{ column: 'twice', generated: '(id * 2)' }],
  )
})

test('a fence comes after every commit that was made before it', async () => {
  await using watch = await watched('fence')
  const { events, session, observer } = watch
  for (let id = 1; id <= 30; id++) {
    await session.query('INSERT INTO rows VALUES ($1)', [id])
    if (id % 10 !== 0) continue
    await observer.fence()
    const fence = events.at(-1) as EventOf<'pg.flushed'>
    assert.equal(fence.kind, 'pg.flushed')
    const commits = events.filter((event) => event.kind === 'pg.tx')
    assert.equal(commits.length, id)
    assert.ok(commits.every(({ commitLsn }) => commitLsn < fence.lsn))
  }
})

test('databases with long names side by side', async () => {
  const name = 'a'.repeat(50)
  await using first = await watched(`${name}_1`)
  await using second = await watched(`${name}_2`)
  await first.session.query('INSERT INTO rows VALUES (1)')
  await second.session.query('INSERT INTO rows VALUES (2)')
  assert.deepEqual(ids(await first.commits()), [[1]])
  assert.deepEqual(ids(await second.commits()), [[2]])
})

test('a table that is made later is watched from its first row on, and once more when it is made anew', async () => {
  await using database = await stack.database('made_later')
  const url = database.url('host')
  const seen: string[] = []
  const record = (event: NewEvent) => {
    if (event.kind === 'fact') seen.push(`${event.subject} ${event.value}`)
    if (event.kind === 'pg.tx') for (const { op, after } of event.rows) seen.push(`${op} ${after?.id}`)
  }
  await using observer = await DatabaseObserver.open({ url, tables: ['public.rows'], record })
  const session = await connect(database)
  await session.query('CREATE TABLE IF NOT EXISTS rows (id int PRIMARY KEY); INSERT INTO rows VALUES (1)')
  await session.query('CREATE TABLE IF NOT EXISTS rows (id int PRIMARY KEY)')
  await session.query(
    'BEGIN; DROP TABLE rows; CREATE TABLE rows (id int PRIMARY KEY); INSERT INTO rows VALUES (2); COMMIT',
  )
  await session.query('INSERT INTO rows VALUES (3)')
  await session.query('DROP TABLE rows')
  await session.query('CREATE TABLE rows (nr int PRIMARY KEY, id int)')
  await session.query('INSERT INTO rows VALUES (1, 4)')
  await observer.fence()
  assert.deepEqual(seen, [
    'public.rows first',
    'insert 1',
    'public.rows anew',
    'insert 2',
    'insert 3',
    'public.rows anew',
    'insert 4',
  ])
  await session.end()
})

test('what could not be taken in comes again, and nothing after it is taken for the whole', async () => {
  await using database = await stack.database('taken_again')
  const session = await connect(database)
  await session.query('CREATE TABLE rows (id int PRIMARY KEY, note text)')
  const seen: Seen[] = []
  let refused = false
  const record = (event: NewEvent) => {
    if (event.kind !== 'pg.tx') return
    if (seen.length === 1 && !refused) {
      refused = true
      throw new Error('no room')
    }
    seen.push(event)
  }
  await using observer = await DatabaseObserver.open({ url: database.url('host'), tables: ['rows'], record })
  for (const id of [1, 2, 3]) await session.query('INSERT INTO rows VALUES ($1)', [id])
  await session.end()
  await observer.fence()
  assert.ok(refused)
  assert.deepEqual(ids(seen), [[1], [2], [3]])
})

test('through crashes of the server each commit is seen exactly once', async () => {
  await using watch = await watched('crashed', true)
  const { database, events } = watch
  const confirmed: number[] = []
  for (let round = 0; round < 2; round++) {
    const session = await connect(database)
    const from = round * 1000
    let id = from
    // The crash hits a stream of commits; the last one may or may not have taken effect.
    const writing = (async () => {
      for (;;) {
        id++
        await session.query(
          `WITH message AS (SELECT pg_logical_emit_message(false, 'n', $1::text)) INSERT INTO rows SELECT $1::int FROM message`,
          [id],
        )
        confirmed.push(id)
      }
    })().catch(() => {})
    while (id < from + 200) await session.query('SELECT 1').catch(() => {})
    await database.server.kill()
    await writing
    await database.server.restart()
    await session.end().catch(() => {})
  }
  const seen = ids(await watch.commits()).flat()
  assert.ok(confirmed.length >= 398)
  assert.equal(new Set(seen).size, seen.length, 'none twice')
  const session = await connect(database)
  const { rows } = await session.query('SELECT id FROM rows ORDER BY id')
  await session.end()
  assert.deepEqual(
    seen,
    rows.map(({ id }) => id),
  )
  for (const id of confirmed) assert.ok(seen.includes(id), `confirmed ${id}`)
  const said = events.filter((event) => event.kind === 'pg.message').map(({ content }) => content)
  assert.equal(new Set(said).size, said.length, 'no message twice')
  assert.ok(said.length >= confirmed.length)
})
