import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DatabaseError, type Pool } from 'pg'
import { UndecodableEvent } from '../consumer/event.ts'
import type { ConsumedRecord } from '../consumer/record.ts'
import { fulfill } from './fulfill.ts'
import type { Order } from './order.ts'

/** A database whose transactions all succeed but for what `ship` does. */
const database = {
  connect: async () => ({ query: async (text: string) => ({ command: text }), release: () => {} }),
} as unknown as Pool

const record = (offset: number) => ({ topic: 't', partition: 0, offset: BigInt(offset) }) as ConsumedRecord
const order = ({ offset }: ConsumedRecord) => ({ eventId: String(offset) }) as Order
const refusal = (code: string) =>
  Object.assign(new DatabaseError('no', 1, 'error'), { code, severity: 'ERROR' })

/** Handles records 0…count-1 while `broken` events fail with this SQLSTATE. */
async function handle(count: number, broken: readonly string[], code = '23514', orderOf = order) {
  const shipped: string[][] = []
  const givenUp: string[] = []
  const done: number[] = []
  const work = fulfill({
    database,
    orderOf,
    ship: async (_, orders) => {
      const ids = orders.map(({ eventId }) => eventId)
      if (ids.some((id) => broken.includes(id))) throw refusal(code)
      shipped.push(ids)
    },
    giveUp: async ({ offset }) => void givenUp.push(String(offset)),
  })
  const records = Array.from({ length: count }, (_, offset) => record(offset))
  const ended = work(records, ({ offset }) => done.push(Number(offset)), new AbortController().signal)
  const failure = await ended.then(
    () => undefined,
    (error) => error,
  )
  return { shipped, givenUp, done, failure }
}

test('a lane is one transaction', async () => {
  const { shipped, done } = await handle(4, [])
  assert.deepEqual(shipped, [['0', '1', '2', '3']])
  assert.deepEqual(done, [0, 1, 2, 3])
})

test('what the database refuses is given up alone, the others keep their order', async () => {
  const { shipped, givenUp, done, failure } = await handle(8, ['2', '7'])
  assert.deepEqual(shipped.flat(), ['0', '1', '3', '4', '5', '6'])
  assert.deepEqual(givenUp, ['2', '7'])
  assert.equal(done.length, 8)
  assert.equal(failure, undefined)
})

test('what passes by stops the lane, and nothing is given up', async () => {
  const { shipped, givenUp, done, failure } = await handle(4, ['2'], '40P01')
  assert.deepEqual([shipped, givenUp, done], [[], [], []])
  assert.ok(failure instanceof Error)
})

test('what is no order is given up, and the others are one transaction all the same', async () => {
  const { shipped, givenUp, done } = await handle(3, [], '', (one) => {
    if (one.offset === 1n) throw new UndecodableEvent('no')
    return order(one)
  })
  assert.deepEqual([shipped, givenUp], [[['0', '2']], ['1']])
  assert.equal(done.length, 3)
})
