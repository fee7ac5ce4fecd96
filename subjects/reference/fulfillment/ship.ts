import type { PoolClient } from 'pg'
import type { Order } from './order.ts'

/** The name under which this service remembers events. */
export const CONSUMER = 'fulfillment'

/**
 * Ships orders, those whose event is new, as part of the caller's transaction. One statement however many there are.
 *
 * Events are remembered and orders are touched each in the order of their keys, the former before the latter, so that
 * two instances with the same work wait for each other instead of in a circle. An order's row keeps its highest
 * version: an older event that comes late does not lower it.
 *
 * What is to be said of each shipment is written to the outbox with it, once, under an id that stays: it is published
 * if the shipment is committed, and an event that comes again is not answered again.
 */
export async function ship(tx: PoolClient, orders: readonly Order[]): Promise<void> {
  await tx.query(SHIP, [CONSUMER, JSON.stringify(orders)])
}

const SHIP = `
  WITH given AS (
    SELECT * FROM json_to_recordset($2::json) AS o ("eventId" text, "orderId" text, "customerId" text,
                                                    amount bigint, currency text, version integer,
                                                    traceparent text)),
  fresh AS (
    INSERT INTO processed_events (event_id, consumer)
    SELECT DISTINCT "eventId", $1 FROM given ORDER BY "eventId"
    ON CONFLICT DO NOTHING
    RETURNING event_id),
  orders AS (
    SELECT DISTINCT ON ("eventId") given.* FROM given JOIN fresh ON fresh.event_id = given."eventId"
     ORDER BY "eventId"),
  shipped AS (
    INSERT INTO shipments (event_id, order_id, customer_id, amount, currency, version)
    SELECT "eventId", "orderId", "customerId", amount, currency, version FROM orders),
  announced AS (
    INSERT INTO outbox_events (aggregate_type, aggregate_id, event_type, payload, traceparent, causation_id)
    SELECT 'shipment', "orderId", 'OrderShipped',
           json_build_object('orderId', "orderId", 'customerId', "customerId", 'amount', amount,
                             'currency', currency, 'version', version)::text,
           traceparent, "eventId"
      FROM orders ORDER BY version)
  INSERT INTO fulfilled_orders AS known (order_id, event_id, amount, version)
  SELECT DISTINCT ON ("orderId") "orderId", "eventId", amount, version FROM orders
   ORDER BY "orderId", version DESC
  ON CONFLICT (order_id) DO UPDATE
    SET event_id = excluded.event_id, amount = excluded.amount, version = excluded.version, updated_at = now()
    WHERE excluded.version > known.version`
