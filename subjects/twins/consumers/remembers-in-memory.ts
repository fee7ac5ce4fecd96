import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'
import { insertShipments } from '../shipments.ts'

// C7: knows what it has seen for as long as it lives.
const setup = fulfillmentFromEnvironment()
const seen = new Set<string>()

runFulfillment({
  ...setup,
  consumer: setup.withSteps({
    async ship(tx, orders) {
      const fresh = new Map(
        orders.filter(({ eventId }) => !seen.has(eventId)).map((order) => [order.eventId, order]),
      )
      await insertShipments(tx, [...fresh.values()])
      for (const eventId of fresh.keys()) seen.add(eventId)
    },
  }),
})
