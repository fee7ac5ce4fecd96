import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Lanes } from './lanes.ts'

test('lanes beyond the eager ones begin when the machine has time to spare, or when nothing is left to do', async () => {
  const waiting: (() => void)[] = []
  const enough = () => new Promise<void>((resolve) => waiting.push(resolve))
  const queue = ['a', 'b', 'c', 'd']
  const begun: string[] = []
  const all = new Lanes({ jobs: 3, eager: 2 }, { enough }).all(async (turn) => {
    await turn(() => queue.length === 0)
    begun.push(queue.shift() ?? 'nothing')
  })
  await Promise.resolve()
  await Promise.resolve()
  assert.deepEqual([begun, waiting.length], [['a', 'b'], 1])
  for (const go of waiting) go()
  await all
  assert.deepEqual(begun, ['a', 'b', 'c'])
})

test('what was asked for by number waits for nothing', async () => {
  const enough = () => Promise.reject(new Error('nobody waits'))
  let lanes = 0
  await new Lanes({ jobs: 4, eager: 4 }, { enough }).all(async (turn) => {
    await turn(() => false)
    lanes++
  })
  assert.equal(lanes, 4)
})
