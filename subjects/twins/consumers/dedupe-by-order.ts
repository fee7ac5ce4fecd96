import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'
import { insertShipments, remember, unseen } from '../shipments.ts'

// C10: ships an order once, whatever happens to it later.
const setup = fulfillmentFromEnvironment()

runFulfillment({
  ...setup,
  consumer: setup.withSteps({
    async ship(tx, orders) {
      const fresh = await unseen(tx, orders, ({ orderId }) => orderId)
      await remember(
        tx,
        fresh.map(({ orderId }) => orderId),
      )
      await insertShipments(tx, fresh)
    },
  }),
})
