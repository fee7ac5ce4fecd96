import type { ConsumedRecord } from '../../reference/consumer/record.ts'
import type { Handle } from '../../reference/consumer/work.ts'
import { fulfill } from '../../reference/fulfillment/fulfill.ts'
import type { Order } from '../../reference/fulfillment/order.ts'
import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'
import { announcement, insertShipments, rememberNew } from '../shipments.ts'

// C81: ships, commits, publishes what it has shipped, and goes on when that is stored: two writes, and nothing that holds
// them together. An event that comes again is known, and not announced.
const setup = fulfillmentFromEnvironment()
const topic = `${process.env.TOPIC_PREFIX ?? ''}shipment-events`

const handle: Handle = async (records, done, closing) => {
  const shipped: Order[] = []
  const handled: ConsumedRecord[] = []
  const work = fulfill({
    ...setup.steps,
    async ship(tx, orders) {
      const fresh = await rememberNew(tx, orders)
      await insertShipments(tx, fresh)
      shipped.push(...fresh)
    },
  })
  await work(records, (record) => handled.push(record), closing)
  for (const order of shipped) await setup.producer.send(announcement(order, topic, `of-${order.eventId}`))
  for (const record of handled) done(record)
}

runFulfillment({ ...setup, consumer: { ...setup.consumer, handle } })
