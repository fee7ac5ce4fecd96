import type { PoolClient } from 'pg'
import type { Order } from '../reference/fulfillment/order.ts'

/** Adds the amounts of several orders up, each order's in one write. */
export async function addUp(tx: PoolClient, orders: readonly Order[]): Promise<void> {
  await tx.query(
    `INSERT INTO order_totals AS known (order_id, total)
     SELECT "orderId", sum(amount) FROM json_to_recordset($1::json) AS o ("orderId" text, amount numeric)
      GROUP BY 1 ORDER BY 1
     ON CONFLICT (order_id) DO UPDATE SET total = known.total + excluded.total`,
    [JSON.stringify(orders)],
  )
}
