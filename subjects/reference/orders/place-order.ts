import type { Pool, PoolClient } from 'pg'
import { Refused, transaction } from '../service/transaction.ts'
import type { OrderCommand } from './order-command.ts'
import { appendEvent } from './outbox.ts'

export interface Order {
  readonly id: string
  readonly customerId: string
  readonly totalAmount: number
  readonly version: number
}

/**
 * Carries a command out: the order, its event and the answer are committed together or not at all.
 * A command whose key was seen before gets the answer of the first time.
 * @throws {Refused} {@link OutcomeUnknown} as `transaction` does
 */
export async function placeOrder(pool: Pool, command: OrderCommand): Promise<Order> {
  return transaction(pool, async (tx) => {
    const earlier = await takeKey(tx, command)
    if (earlier !== undefined) return earlier
    const order = await saveOrder(tx, command)
    await appendEvent(tx, orderEvent(order, command))
    await rememberAnswer(tx, command, order)
    return order
  })
}

/** Waits for a running command with the same key, then gives its answer; undefined when the key is new. */
export async function takeKey(tx: PoolClient, command: OrderCommand): Promise<Order | undefined> {
  const taken = await tx.query(
    'INSERT INTO order_commands (idempotency_key, order_id) VALUES ($1, $2) ON CONFLICT DO NOTHING',
    [command.idempotencyKey, command.orderId],
  )
  if (taken.rowCount === 1) return undefined
  const { rows } = await tx.query<{ order_id: string; answer: Order }>(
    'SELECT order_id, answer FROM order_commands WHERE idempotency_key = $1',
    [command.idempotencyKey],
  )
  if (rows[0]?.order_id !== command.orderId)
    throw new Refused('the Idempotency-Key was used for another order')
  return rows[0].answer
}

/** Locks the order's row until the end of the transaction: commands on one order follow each other. */
export async function saveOrder(tx: PoolClient, command: OrderCommand): Promise<Order> {
  const { rows } = await tx.query<{ version: number }>(
    `INSERT INTO orders (id, customer_id, total_amount) VALUES ($1, $2, $3)
     ON CONFLICT (id) DO UPDATE SET customer_id = excluded.customer_id, total_amount = excluded.total_amount,
       version = orders.version + 1, updated_at = now()
     RETURNING version`,
    [command.orderId, command.customerId, command.totalAmount],
  )
  const version = rows[0]?.version ?? 1
  return { id: command.orderId, customerId: command.customerId, totalAmount: command.totalAmount, version }
}

export async function rememberAnswer(tx: PoolClient, command: OrderCommand, order: Order): Promise<void> {
  await tx.query('UPDATE order_commands SET answer = $2 WHERE idempotency_key = $1', [
    command.idempotencyKey,
    JSON.stringify(order),
  ])
}

export function orderEvent(order: Order, command: OrderCommand) {
  return {
    aggregateType: 'order',
    aggregateId: order.id,
    eventType: order.version === 1 ? 'OrderCreated' : 'OrderChanged',
    payload: JSON.stringify({
      orderId: order.id,
      customerId: order.customerId,
      totalAmount: order.totalAmount,
      version: order.version,
    }),
    traceparent: command.traceparent,
  }
}
