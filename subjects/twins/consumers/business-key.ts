import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'

// B10: an order has one shipment a version: a unique key of the business, and no memory of events.
const setup = fulfillmentFromEnvironment()

runFulfillment({
  ...setup,
  consumer: setup.withSteps({
    async ship(tx, orders) {
      for (const { eventId, orderId, customerId, amount, currency, version } of orders) {
        await tx.query(
          `INSERT INTO shipments (event_id, order_id, customer_id, amount, currency, version)
           VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
          [eventId, orderId, customerId, amount, currency, version],
        )
      }
    },
  }),
})
