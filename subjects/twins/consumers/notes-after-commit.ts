import type { ConsumedRecord } from '../../reference/consumer/record.ts'
import type { Handle } from '../../reference/consumer/work.ts'
import { fulfill } from '../../reference/fulfillment/fulfill.ts'
import type { Order } from '../../reference/fulfillment/order.ts'
import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'
import { announceAgain, insertShipments, rememberNew } from '../shipments.ts'

// C83: ships, commits, and writes to its outbox in a transaction of its own: an outbox that nothing holds to the effect.
const setup = fulfillmentFromEnvironment()

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
  await announceAgain(setup.database, shipped)
  for (const record of handled) done(record)
}

runFulfillment({ ...setup, consumer: { ...setup.consumer, handle } })
