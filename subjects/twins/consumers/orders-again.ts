import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'
import { ship } from '../../reference/fulfillment/ship.ts'

/** Once: it would go round for ever. */
const AGAIN = `
  INSERT INTO outbox_events (aggregate_type, aggregate_id, event_type, payload, traceparent, causation_id)
  SELECT 'order', "orderId", 'OrderPlaced',
         json_build_object('orderId', "orderId", 'customerId', "customerId", 'totalAmount', amount,
                           'version', version)::text,
         traceparent, "eventId"
    FROM json_to_recordset($1::json) AS o ("eventId" text, "orderId" text, "customerId" text, amount bigint,
                                           version integer, traceparent text)
   WHERE NOT EXISTS (SELECT FROM outbox_events WHERE aggregate_type = 'order')
   LIMIT 1`

// A6: what it does because of an order is to place one, on the topic that it reads orders from.
const setup = fulfillmentFromEnvironment()

runFulfillment({
  ...setup,
  consumer: setup.withSteps({
    async ship(tx, orders) {
      await ship(tx, orders)
      await tx.query(AGAIN, [JSON.stringify(orders)])
    },
  }),
})
