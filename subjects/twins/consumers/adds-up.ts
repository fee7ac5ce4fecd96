import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'
import { rememberNew } from '../shipments.ts'
import { addUp } from '../totals.ts'

// B40: keeps one sum an order, and remembers in the same transaction which events are in it.
const setup = fulfillmentFromEnvironment()

runFulfillment({
  ...setup,
  consumer: setup.withSteps({ ship: async (tx, orders) => addUp(tx, await rememberNew(tx, orders)) }),
})
