import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SpareTime } from './spare-time.ts'

/** A machine that has this to spare, look by look; then nothing. */
const machine = (...looks: (readonly [number, number])[]) => {
  const left = [...looks]
  const look = () => {
    const [processors, memory] = left.shift() ?? [0, 0]
    return { processors, memory }
  }
  return { look, left }
}

test('what waits begins when the machine had time and memory to spare between two looks', async () => {
  const { look, left } = machine([1, 1], [0.1, 0.9], [0.9, 0.1], [0.5, 0.5], [0.5, 0.5])
  await new SpareTime(look, 1).enough(() => false)
  assert.equal(left.length, 1)
})

test('one begins after the other, each after looks of its own', async () => {
  const { look, left } = machine([0, 0], [1, 1], [1, 1], [0, 0], [1, 1])
  const spare = new SpareTime(look, 1)
  const begun: number[] = []
  await Promise.all([1, 2].map((n) => spare.enough(() => false).then(() => begun.push(n))))
  assert.deepEqual([begun, left], [[1, 2], []])
})

test('nobody waits for more than is left to do', async () => {
  let asked = 0
  await new SpareTime(machine().look, 1).enough(() => ++asked > 3)
  assert.equal(asked, 4)
})
