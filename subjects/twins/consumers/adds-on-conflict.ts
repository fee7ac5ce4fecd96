import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'

// C12: has a unique key, and adds to what is there.
const setup = fulfillmentFromEnvironment()

runFulfillment({
  ...setup,
  consumer: setup.withSteps({
    async ship(tx, orders) {
      for (const { eventId, orderId, customerId, amount, currency, version } of orders) {
        await tx.query(
          `INSERT INTO shipments AS known (event_id, order_id, customer_id, amount, currency, version)
           VALUES ($1, $2, $3, $4, $5, $6)
           ON CONFLICT (event_id) DO UPDATE SET amount = known.amount + excluded.amount`,
          [eventId, orderId, customerId, amount, currency, version],
        )
      }
    },
  }),
})
