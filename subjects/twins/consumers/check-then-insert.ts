import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'
import { CONSUMER } from '../../reference/fulfillment/ship.ts'
import { eventIds, insertShipments, unseen } from '../shipments.ts'

// C4: looks first and then writes, in one transaction; nothing in the database decides between two who look at once.
const setup = fulfillmentFromEnvironment()

runFulfillment({
  ...setup,
  consumer: setup.withSteps({
    async ship(tx, orders) {
      const fresh = await unseen(tx, orders)
      await tx.query('INSERT INTO processed_events (event_id, consumer) SELECT unnest($2::text[]), $1', [
        CONSUMER,
        eventIds(fresh),
      ])
      await insertShipments(tx, fresh)
    },
  }),
})
