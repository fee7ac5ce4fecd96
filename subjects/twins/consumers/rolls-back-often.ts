import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'
import { ship } from '../../reference/fulfillment/ship.ts'

// B30: what is new is rolled back once and comes again: every second transaction, and gaps in the numbers of shipments.
const setup = fulfillmentFromEnvironment()
const rolledBack = new Set<string>()

runFulfillment({
  ...setup,
  consumer: setup.withSteps({
    async ship(tx, orders) {
      await ship(tx, orders)
      if (orders.some(({ eventId }) => rolledBack.has(eventId))) return
      for (const { eventId } of orders) rolledBack.add(eventId)
      throw new Error('rolled back on purpose')
    },
  }),
})
