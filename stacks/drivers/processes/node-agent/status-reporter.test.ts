import assert from 'node:assert/strict'
import { test } from 'node:test'
import { until } from '../../../../core/until.ts'
import { StatusReporter } from './status-reporter.ts'
import { Termination } from './termination.ts'

test('changes during a write share the next one, which has the newest', async () => {
  const gate = Promise.withResolvers<void>()
  const written: number[] = []
  let now = 1
  const reporter = new StatusReporter(
    async () => {
      written.push(now)
      if (written.length === 1) await gate.promise
      return 'written'
    },
    () => {},
  )
  reporter.report()
  await until(() => written.length === 1, { what: 'the first write', deadline: 1000, every: 1 })
  for (now of [2, 3, 4]) reporter.report()
  gate.resolve()
  await reporter.settled()
  assert.deepEqual(written, [1, 4])
})

test('a write that fails is tried again, and its trouble is told; gone is the end', async () => {
  const troubles: unknown[] = []
  let writes = 0
  const reporter = new StatusReporter(
    async () => {
      writes++
      if (writes === 1) throw new Error('refused')
      return 'gone'
    },
    (error) => troubles.push(error),
  )
  reporter.report()
  await reporter.settled()
  reporter.report()
  await reporter.settled()
  assert.equal(writes, 2)
  assert.equal(troubles.length, 1)
})

test('patience can only get shorter', async () => {
  using end = new Termination()
  end.begin(60_000)
  assert.deepEqual([end.asked.aborted, end.over.aborted], [true, false])
  end.begin(0)
  end.begin(60_000)
  assert.equal(end.over.aborted, true)
})
