import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'
import { announcement, eventIds, insertShipments, remember, unseen } from '../shipments.ts'

// C30: publishes inside the transaction of the effect, which may still roll back.
const setup = fulfillmentFromEnvironment()
const topic = `${process.env.TOPIC_PREFIX ?? ''}shipment-events`

runFulfillment({
  ...setup,
  consumer: setup.withSteps({
    async ship(tx, orders) {
      const fresh = await unseen(tx, orders)
      await remember(tx, eventIds(fresh))
      await insertShipments(tx, fresh)
      for (const order of fresh) await setup.producer.send(announcement(order, topic, `of-${order.eventId}`))
    },
  }),
})
