import { fulfill } from '../../reference/fulfillment/fulfill.ts'
import type { Order } from '../../reference/fulfillment/order.ts'
import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'
import { ship } from '../../reference/fulfillment/ship.ts'
import { log } from '../../reference/service/log.ts'
import { eventIds, remember, unseen } from '../shipments.ts'

// C27: two handlers, and one memory under one name: what the first has done, the second takes for done.
const setup = fulfillmentFromEnvironment()
const notify = fulfill({
  ...setup.steps,
  async ship(tx, orders: readonly Order[]) {
    const fresh = await unseen(tx, orders)
    await remember(tx, eventIds(fresh))
    if (fresh.length > 0) log('customers notified', { orders: fresh.length })
  },
})
const shipping = fulfill({ ...setup.steps, ship })

runFulfillment({
  ...setup,
  consumer: {
    ...setup.consumer,
    async handle(records, done, closing) {
      await notify(records, () => {}, closing)
      await shipping(records, done, closing)
    },
  },
})
