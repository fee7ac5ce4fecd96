import { fulfill } from '../../reference/fulfillment/fulfill.ts'
import { orderOf } from '../../reference/fulfillment/order.ts'
import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'
import { eventIds, insertShipments, remember, unseen } from '../shipments.ts'

// C6: ships, commits, and remembers the events in a transaction after that.
const setup = fulfillmentFromEnvironment()
const handle = fulfill({
  ...setup.steps,
  ship: async (tx, orders) => insertShipments(tx, await unseen(tx, orders)),
})

runFulfillment({
  ...setup,
  consumer: {
    ...setup.consumer,
    async handle(records, done, closing) {
      await handle(records, () => {}, closing)
      await remember(setup.database, eventIds(records.map(orderOf)))
      records.forEach(done)
    },
  },
})
