import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'

// B8: writes the same thing again; that it was there before makes no difference, so nothing needs to be remembered.
const setup = fulfillmentFromEnvironment()

runFulfillment({
  ...setup,
  consumer: setup.withSteps({
    async ship(tx, orders) {
      for (const { eventId, orderId, customerId, amount, currency, version } of orders) {
        await tx.query(
          `INSERT INTO shipments (event_id, order_id, customer_id, amount, currency, version)
           VALUES ($1, $2, $3, $4, $5, $6)
           ON CONFLICT (event_id) DO UPDATE SET amount = excluded.amount, version = excluded.version`,
          [eventId, orderId, customerId, amount, currency, version],
        )
      }
    },
  }),
})
