import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'
import { begin, finish } from '../begun-shipments.ts'
import { eventIds } from '../shipments.ts'

// B120, B121: marks a shipment as begun, commits, and does it then; what it finds begun it does, too.
const setup = fulfillmentFromEnvironment()

runFulfillment({
  ...setup,
  consumer: setup.withSteps({
    async ship(tx, orders) {
      await begin(setup.database, orders)
      await finish(tx, eventIds(orders))
    },
  }),
})
