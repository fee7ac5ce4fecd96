import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'
import { eventIds, insertShipments, remember, unseen } from '../shipments.ts'

// C19: looks before its transaction whether an event is new, and goes on with it whoever else has it by now.
const setup = fulfillmentFromEnvironment()

runFulfillment({
  ...setup,
  consumer: setup.withSteps({
    async ship(tx, orders) {
      const fresh = await unseen(setup.database, orders)
      await insertShipments(tx, fresh)
      await remember(tx, eventIds(fresh))
    },
  }),
})
