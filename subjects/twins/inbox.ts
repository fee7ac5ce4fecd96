import { setTimeout as pause } from 'node:timers/promises'
import type { Pool, PoolClient } from 'pg'
import type { Order } from '../reference/fulfillment/order.ts'
import { ship } from '../reference/fulfillment/ship.ts'
import { log, textOf } from '../reference/service/log.ts'
import { transaction } from '../reference/service/transaction.ts'

/** Milliseconds between two looks into an inbox that was empty. */
const POLL = 20

/** Keeps orders for later, each once, as part of the caller's transaction. */
export async function store(tx: PoolClient, orders: readonly Order[]): Promise<void> {
  await tx.query(
    `INSERT INTO inbox (event_id, body)
     SELECT one.body->>'eventId', one.body FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS one (body, place)
      ORDER BY place
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(orders)],
  )
}

/** Orders that wait, oldest first, taken out. One instance at a time: the others wait for its lock. */
export async function take(tx: PoolClient): Promise<Order[]> {
  await tx.query("SELECT pg_advisory_xact_lock(hashtext('inbox'))")
  const { rows } = await tx.query<{ sequence: string; body: Order }>(
    `UPDATE inbox SET done_at = now()
      WHERE sequence IN (SELECT sequence FROM inbox WHERE done_at IS NULL ORDER BY sequence LIMIT 20)
     RETURNING sequence, body`,
  )
  return rows.sort((a, b) => Number(a.sequence) - Number(b.sequence)).map(({ body }) => body)
}

/** Works on what is in the inbox until it is disposed of. @param work one look into it: how many orders were there */
export function startWorking(work: () => Promise<number>): AsyncDisposable {
  const closing = new AbortController()
  const working = (async () => {
    while (!closing.signal.aborted) {
      const count = await work().catch((error: unknown) => {
        log('the inbox is not worked on', { error: textOf(error) })
        return 0
      })
      if (count === 0) await pause(POLL)
    }
  })()
  return {
    async [Symbol.asyncDispose]() {
      closing.abort()
      await working
    },
  }
}

/** Takes orders out and ships them, in one transaction. */
export async function shipWaiting(database: Pool): Promise<number> {
  return transaction(database, async (tx) => {
    const orders = await take(tx)
    if (orders.length > 0) await ship(tx, orders)
    return orders.length
  })
}
