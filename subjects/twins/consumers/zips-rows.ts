import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'
import { ship } from '../../reference/fulfillment/ship.ts'

// C32: rows are put together from two lists, one of which leaves out repeated customers: behind the first repetition
// each row carries the amount of another event.
const setup = fulfillmentFromEnvironment()

runFulfillment({
  ...setup,
  consumer: setup.withSteps({
    async ship(tx, orders) {
      const amounts = orders
        .filter(({ orderId }, i) => orders.findIndex((other) => other.orderId === orderId) === i)
        .map(({ amount }) => amount)
      await ship(
        tx,
        orders.map((order, i) => ({ ...order, amount: amounts[i] ?? order.amount })),
      )
    },
  }),
})
