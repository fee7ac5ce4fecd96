import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openStack } from '../../stacks/open-stack.ts'
import type { Stack } from '../../stacks/stack.ts'
import type { EventOf, NewEvent } from '../history/event.ts'
import { DatabaseObserver } from './database-observer.ts'
import { query } from './query.ts'
import { tellRowsBefore } from './replica-identity.ts'

let stack: Stack
let logs: string
before(async () => {
  logs = await mkdtemp(join(tmpdir(), 'eventproof-partitions-'))
  stack = await openStack('processes', { logs })
  await stack.need(['postgres'])
})
after(async () => {
  await stack[Symbol.asyncDispose]()
  await rm(logs, { recursive: true })
})

test('rows of a table in partitions are the table’s, and one that is moved to another partition is changed', async () => {
  await using database = await stack.database('in_partitions')
  const url = database.url('host')
  const seen: Omit<EventOf<'pg.tx'>, 'seq' | 'at' | 'scenario'>[] = []
  const record = (event: NewEvent) => {
    if (event.kind === 'pg.tx') seen.push(event)
  }
  await using observer = await DatabaseObserver.open({ url, tables: ['rows'], record })
  await tellRowsBefore(url, 'rows')
  const session = { query: (sql: string) => query(url, sql) }
  await session.query(
    'CREATE TABLE rows (id int, state text, note text, PRIMARY KEY (id, state)) PARTITION BY LIST (state)',
  )
  for (const state of ['new', 'done'])
    await session.query(`CREATE TABLE rows_${state} PARTITION OF rows FOR VALUES IN ('${state}')`)
  await session.query(
    `BEGIN; INSERT INTO rows VALUES (1, 'new', 'a'), (2, 'new', 'b'); UPDATE rows SET state = 'done'; COMMIT`,
  )
  await session.query(`BEGIN; DELETE FROM rows WHERE id = 1; INSERT INTO rows VALUES (3, 'new', 'a'); COMMIT`)
  await observer.fence()
  const told = seen.map(({ rows }) =>
    rows.map(
      (row) =>
        `${row.table}: ${row.op} ${Object.values(row.before ?? {})} → ${Object.values(row.after ?? {})}`,
    ),
  )
  assert.deepEqual(told, [
    [
      'rows: insert  → 1,new,a',
      'rows: insert  → 2,new,b',
      'rows: update 1,new,a → 1,done,a',
      'rows: update 2,new,b → 2,done,b',
    ],
    ['rows: delete 1,done,a → ', 'rows: insert  → 3,new,a'],
  ])
})
