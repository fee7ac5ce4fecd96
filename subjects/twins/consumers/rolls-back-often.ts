import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'
import { ship } from '../../reference/fulfillment/ship.ts'

// B30: every second transaction rolls back and comes again, which leaves gaps in the numbers of shipments.
const setup = fulfillmentFromEnvironment()
let transactions = 0

runFulfillment({
  ...setup,
  consumer: setup.withSteps({
    async ship(tx, orders) {
      await ship(tx, orders)
      if (++transactions % 2 === 0) throw new Error('rolled back on purpose')
    },
  }),
})
