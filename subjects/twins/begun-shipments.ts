import type { Pool, PoolClient } from 'pg'
import type { Order } from '../reference/fulfillment/order.ts'
import { transaction } from '../reference/service/transaction.ts'

/** Writes down that shipments are begun, and commits that. @returns the events of those that were not begun before */
export function begin(database: Pool, orders: readonly Order[]): Promise<readonly string[]> {
  return transaction(database, async (tx) => {
    const { rows } = await tx.query<{ event_id: string }>(
      `INSERT INTO shipments (event_id, order_id, customer_id, amount, currency, version, status)
       SELECT "eventId", "orderId", "customerId", amount, currency, version, 'processing'
         FROM json_to_recordset($1::json)
           AS o ("eventId" text, "orderId" text, "customerId" text, amount bigint, currency text, version integer)
        ORDER BY "eventId"
       ON CONFLICT (event_id) DO NOTHING RETURNING event_id`,
      [JSON.stringify(orders)],
    )
    return rows.map(({ event_id }) => event_id)
  })
}

/** Does what is left to do of shipments that are begun. */
export async function finish(tx: PoolClient, events: readonly string[]): Promise<void> {
  await tx.query(
    `UPDATE shipments SET status = 'done' WHERE event_id IN (
       SELECT event_id FROM shipments WHERE event_id = ANY ($1) AND status = 'processing' ORDER BY event_id FOR UPDATE)`,
    [events],
  )
}
