import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'
import { eventIds, insertShipments, remember, unseen } from '../shipments.ts'

// C8: forgets what it has seen sooner than an event may come again.
const setup = fulfillmentFromEnvironment()

runFulfillment({
  ...setup,
  consumer: setup.withSteps({
    async ship(tx, orders) {
      await tx.query("DELETE FROM processed_events WHERE processed_at < now() - interval '500 ms'")
      const fresh = await unseen(tx, orders)
      await remember(tx, eventIds(fresh))
      await insertShipments(tx, fresh)
    },
  }),
})
