import { commit, poll } from '../../reference/consumer/round.ts'
import { work } from '../../reference/consumer/work.ts'
import { fulfill } from '../../reference/fulfillment/fulfill.ts'
import type { Order } from '../../reference/fulfillment/order.ts'
import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'
import { announcement, eventIds, insertShipments, remember, unseen } from '../shipments.ts'

// C23: ships, commits, stores its progress, and publishes after that, from memory.
const setup = fulfillmentFromEnvironment()
const topic = `${process.env.TOPIC_PREFIX ?? ''}shipment-events`
let shipped: Order[] = []
const handle = fulfill({
  ...setup.steps,
  async ship(tx, orders) {
    const fresh = await unseen(tx, orders)
    await remember(tx, eventIds(fresh))
    await insertShipments(tx, fresh)
    shipped.push(...fresh)
  },
})

runFulfillment({
  ...setup,
  consumer: {
    ...setup.consumer,
    async round(parts) {
      const { settings, positions, closing } = parts
      const records = await poll(parts)
      await positions.busyWith(records, async () => {
        const { done, failures } = await work(records, settings.workers, handle, closing)
        positions.settle(records, done)
        await commit(parts)
        const orders = shipped
        shipped = []
        for (const order of orders)
          await setup.producer.send(announcement(order, topic, `of-${order.eventId}`))
        if (failures.length > 0) throw failures[0]
      })
    },
  },
})
