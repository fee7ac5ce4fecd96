import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'
import { begin, finish } from '../begun-shipments.ts'

// C80: marks a shipment as begun, commits, and does it then; what it finds begun it takes for done.
const setup = fulfillmentFromEnvironment()

runFulfillment({
  ...setup,
  consumer: setup.withSteps({
    ship: async (tx, orders) => finish(tx, await begin(setup.database, orders)),
  }),
})
