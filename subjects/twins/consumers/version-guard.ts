import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'

// B9: keeps the newest version of each order, and needs no other memory.
const setup = fulfillmentFromEnvironment()

runFulfillment({
  ...setup,
  consumer: setup.withSteps({
    async ship(tx, orders) {
      for (const { orderId, eventId, amount, version } of orders) {
        await tx.query(
          `INSERT INTO fulfilled_orders AS known (order_id, event_id, amount, version) VALUES ($1, $2, $3, $4)
           ON CONFLICT (order_id) DO UPDATE
             SET event_id = excluded.event_id, amount = excluded.amount, version = excluded.version
             WHERE excluded.version > known.version`,
          [orderId, eventId, amount, version],
        )
      }
    },
  }),
})
