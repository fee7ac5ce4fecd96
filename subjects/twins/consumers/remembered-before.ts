import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'
import { eventIds, insertShipments, remember, unseen } from '../shipments.ts'

// C5: remembers events in a transaction of its own, before it ships them.
const setup = fulfillmentFromEnvironment()

runFulfillment({
  ...setup,
  consumer: setup.withSteps({
    async ship(tx, orders) {
      const fresh = await unseen(setup.database, orders)
      await remember(setup.database, eventIds(fresh))
      await insertShipments(tx, fresh)
    },
  }),
})
