import type { Pool, PoolClient } from 'pg'
import type { RecordToSend } from '../reference/consumer/producer.ts'
import type { Order } from '../reference/fulfillment/order.ts'
import { CONSUMER } from '../reference/fulfillment/ship.ts'

/** Ships without looking whether it was done before. */
export async function insertShipments(tx: PoolClient, orders: readonly Order[]): Promise<void> {
  await tx.query(
    `INSERT INTO shipments (event_id, order_id, customer_id, amount, currency, version)
     SELECT "eventId", "orderId", "customerId", amount, currency, version FROM json_to_recordset($1::json)
         AS o ("eventId" text, "orderId" text, "customerId" text, amount bigint, currency text, version integer)`,
    [JSON.stringify(orders)],
  )
}

/** Orders whose name is not in `processed_events` at this moment, each name once. */
export async function unseen(
  database: Pool | PoolClient,
  orders: readonly Order[],
  nameOf: (order: Order) => string = ({ eventId }) => eventId,
): Promise<readonly Order[]> {
  const { rows } = await database.query<{ event_id: string }>(
    'SELECT event_id FROM processed_events WHERE consumer = $1 AND event_id = ANY ($2)',
    [CONSUMER, orders.map(nameOf)],
  )
  const seen = new Set(rows.map(({ event_id }) => event_id))
  return orders.filter((order) => {
    const fresh = !seen.has(nameOf(order))
    seen.add(nameOf(order))
    return fresh
  })
}

/** Writes names down; one that is there already is left as it is. */
export async function remember(database: Pool | PoolClient, names: readonly string[]): Promise<void> {
  await database.query(
    'INSERT INTO processed_events (event_id, consumer) SELECT DISTINCT unnest($2::text[]), $1 ON CONFLICT DO NOTHING',
    [CONSUMER, names],
  )
}

export function eventIds(orders: readonly Order[]): string[] {
  return orders.map(({ eventId }) => eventId)
}

/** Writes to the outbox what is to be said of shipments, under new ids. */
export async function announceAgain(tx: Pool | PoolClient, orders: readonly Order[]): Promise<void> {
  await tx.query(
    `INSERT INTO outbox_events (aggregate_type, aggregate_id, event_type, payload, causation_id)
     SELECT 'shipment', "orderId", 'OrderShipped', payload, "eventId"
       FROM json_to_recordset($1::json) AS o ("eventId" text, "orderId" text, payload text)`,
    [JSON.stringify(orders.map((order) => ({ ...order, payload: payloadOf(order) })))],
  )
}

/** An announcement as a record, for those who send it themselves. */
export function announcement(order: Order, topic: string, id: string): RecordToSend {
  return {
    topic,
    key: Buffer.from(order.orderId),
    value: Buffer.from(payloadOf(order)),
    headers: [
      ['eventId', id],
      ['eventType', 'OrderShipped'],
      ['causationId', order.eventId],
    ],
  }
}

function payloadOf({ orderId, customerId, amount, currency, version }: Order): string {
  return JSON.stringify({ orderId, customerId, amount, currency, version })
}

/** Orders whose event was not known, each once; from now on it is, if the transaction is committed. */
export async function rememberNew(tx: PoolClient, orders: readonly Order[]): Promise<readonly Order[]> {
  const { rows } = await tx.query<{ event_id: string }>(
    `INSERT INTO processed_events (event_id, consumer)
     SELECT DISTINCT unnest($2::text[]) AS event_id, $1 ORDER BY event_id
     ON CONFLICT DO NOTHING RETURNING event_id`,
    [CONSUMER, eventIds(orders)],
  )
  const fresh = new Set(rows.map(({ event_id }) => event_id))
  return orders.filter(({ eventId }) => fresh.delete(eventId))
}
