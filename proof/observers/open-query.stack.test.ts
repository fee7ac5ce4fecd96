import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { until } from '../../core/until.ts'
import { openStack } from '../../stacks/open-stack.ts'
import type { Stack } from '../../stacks/stack.ts'
import { OpenQuery } from './open-query.ts'
import { query } from './query.ts'

const PID = 'SELECT pg_backend_pid()::text AS pid'

let stack: Stack
let logs: string
before(async () => {
  logs = await mkdtemp(join(tmpdir(), 'eventproof-open-query-'))
  stack = await openStack('processes', { logs })
  await stack.need(['postgres'])
})
after(async () => {
  await stack[Symbol.asyncDispose]()
  await rm(logs, { recursive: true })
})

test('one connection answers all questions, one after the other, and a new one those behind its loss', async () => {
  await using database = await stack.database('asked')
  const url = database.url('host')
  await using open = new OpenQuery(url)
  const warnings: Error[] = []
  const warned = (warning: Error) => void warnings.push(warning)
  process.on('warning', warned)
  const [first, ...others] = await Promise.all(Array.from({ length: 5 }, () => open.ask(PID)))
  process.off('warning', warned)
  assert.deepEqual(warnings, [])
  assert.deepEqual(others, Array(4).fill(first))

  await assert.rejects(open.ask('SELECT 1 / 0'), { code: '22012' })
  assert.deepEqual(await open.ask(PID), first)

  await query(url, 'SELECT pg_terminate_backend($1)', [first?.[0]?.pid])
  const anew = () => open.ask(PID)
  const [again] = await until(anew, { what: 'another connection', deadline: 10_000 })
  assert.notEqual(again?.pid, first?.[0]?.pid)

  await open[Symbol.asyncDispose]()
  await assert.rejects(open.ask(PID), /closed/)
})
