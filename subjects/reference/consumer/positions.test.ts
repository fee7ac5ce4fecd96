import assert from 'node:assert/strict'
import { test } from 'node:test'
import { positionAt } from './position.ts'
import { Positions } from './positions.ts'
import type { ConsumedRecord } from './record.ts'

const partition = (number: number) => ({ topic: 't', partition: number })
const record = (number: number): ConsumedRecord => ({
  ...partition(number),
  offset: 0n,
  timestamp: 0n,
  key: null,
  value: null,
  headers: [],
})

function holding(...numbers: number[]): Positions {
  const positions = new Positions()
  for (const number of numbers) positions.add(positionAt(partition(number), 0n))
  return positions
}

test('tells what is new', () => {
  assert.deepEqual(holding(1).missing([partition(1), partition(2)]), [partition(2)])
})

test('drops what is no longer assigned', () => {
  const positions = holding(1, 2)
  positions.drop([partition(2), partition(3)])
  assert.deepEqual(positions.missing([partition(1), partition(2)]), [partition(1)])
})

test('lets work end before its partition is given up', async () => {
  const positions = holding(1, 2)
  const { promise, resolve } = Promise.withResolvers<void>()
  const work = positions.busyWith([record(1)], () => promise)
  const lost = positions.keepOnly([partition(2)], 60_000)
  await new Promise(setImmediate)
  assert.equal(positions.all.length, 2)
  resolve()
  await Promise.all([work, lost])
  assert.deepEqual(
    positions.all.map((one) => one.partition),
    [2],
  )
})

test('does not wait for work on what is kept, nor longer than it has patience', async () => {
  const positions = holding(1, 2)
  const never = new Promise<void>(() => {})
  void positions.busyWith([record(1)], () => never)
  await positions.keepOnly([partition(1)], 60_000)
  assert.equal(positions.all.length, 1)
  await positions.keepOnly([], 1)
  assert.equal(positions.all.length, 0)
  positions.settle([record(1)], new Set())
})

test('work that fails is over, too', async () => {
  const positions = holding(1)
  await assert.rejects(
    positions.busyWith([record(1)], async () => {
      throw new Error('no')
    }),
  )
  await positions.keepOnly([], 60_000)
})
