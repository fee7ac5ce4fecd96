import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'
import { ship } from '../../reference/fulfillment/ship.ts'
import { announceAgain, unseen } from '../shipments.ts'

// C22: recognises an event that comes again, and answers it once more, under a new id.
const setup = fulfillmentFromEnvironment()

runFulfillment({
  ...setup,
  consumer: setup.withSteps({
    async ship(tx, orders) {
      const fresh = new Set(await unseen(tx, orders))
      await ship(tx, orders)
      await announceAgain(
        tx,
        orders.filter((order) => !fresh.has(order)),
      )
    },
  }),
})
