import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { until } from '../../core/until.ts'
import { openStack } from '../../stacks/open-stack.ts'
import type { Stack } from '../../stacks/stack.ts'
import { type RunningShop, runShop } from '../../test/stack/running-shop.ts'

const ORDERS = ['o-1', 'o-2', 'o-3', 'o-4']

let stack: Stack
let logs: string

before(async () => {
  logs = await mkdtemp(join(tmpdir(), 'eventproof-failing-'))
  stack = await openStack('processes', { logs })
  await stack.need(['postgres', 'kafka', 'toxiproxy'])
})
after(async () => {
  await stack[Symbol.asyncDispose]()
  await rm(logs, { recursive: true })
})

test('a broker that dies and comes back costs no event and no order, and stops no command', async () => {
  await using shop = await runShop(stack, 'broker_dies', { relays: 2 })
  await changeOrders(shop, 1, 10)
  await until(() => shop.records.length > 0, { what: 'a record', deadline: 10_000 })
  await stack.kafka.kill()
  await changeOrders(shop, 11, 20)
  await Promise.all([changeOrders(shop, 21, 60), stack.kafka.restart()])
  await changeOrders(shop, 61, 70)
  await assertAllOnTheLog(shop, 70)
})

test('a database that dies and comes back costs no confirmed event and no order', async () => {
  await using shop = await runShop(stack, 'database_dies', { relays: 2, ownServer: true })
  const { server } = shop.database
  let repeats = 0
  for (const first of [1, 51]) {
    const changing = changeOrders(shop, first, first + 49)
    await server.kill()
    await server.restart()
    repeats += await changing
  }
  assert.ok(repeats > 0, 'no command met the dead database')
  await assertAllOnTheLog(shop, 100)
})

/**
 * Gives each order these amounts, one after the other. A command is repeated, with its own key, until it is confirmed.
 * Resolves with the number of repeats.
 */
async function changeOrders(shop: RunningShop, first: number, last: number): Promise<number> {
  let sent = 0
  const change = async (id: string) => {
    for (let amount = first; amount <= last; amount++) {
      const accepted = async () => {
        sent++
        return (await shop.put(id, amount, { 'idempotency-key': `${id}/${amount}` })).ok
      }
      await until(accepted, { what: `${id} to be changed to ${amount}`, deadline: 30_000 })
    }
  }
  await Promise.all(ORDERS.map(change))
  return sent - ORDERS.length * (last - first + 1)
}

/** Nothing is lost or overtaken, and every change is one event, however often its command was repeated. */
async function assertAllOnTheLog(shop: RunningShop, changes: number): Promise<void> {
  await shop.drained()
  const expected = Array.from({ length: changes }, (_, i) => i + 1)
  for (const id of ORDERS) assert.deepEqual(shop.amountsOf(id), expected)
  const events = new Set(shop.records.map(({ headers }) => headers.eventId))
  assert.equal(events.size, ORDERS.length * changes)
}
