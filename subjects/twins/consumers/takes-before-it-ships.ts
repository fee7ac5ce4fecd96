import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'
import { ship } from '../../reference/fulfillment/ship.ts'
import { transaction } from '../../reference/service/transaction.ts'
import { startWorking, store, take } from '../inbox.ts'

// C61: takes orders out of its inbox in one transaction, and ships them in the next one.
const setup = fulfillmentFromEnvironment()
const { database } = setup

async function shipTaken(): Promise<number> {
  const orders = await transaction(database, take)
  if (orders.length > 0) await transaction(database, (tx) => ship(tx, orders))
  return orders.length
}

runFulfillment({
  ...setup,
  consumer: setup.withSteps({ ship: store }),
  announce() {
    const parts = new AsyncDisposableStack()
    parts.use(setup.announce())
    parts.use(startWorking(shipTaken))
    return parts
  },
})
