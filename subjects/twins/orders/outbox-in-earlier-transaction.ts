import { appendEvent } from '../../reference/orders/outbox.ts'
import { orderEvent, rememberAnswer, saveOrder, takeKey } from '../../reference/orders/place-order.ts'
import { ordersFromEnvironment, serveOrders } from '../../reference/orders/setup.ts'
import { transaction } from '../../reference/service/transaction.ts'

// O5: writes the event on a connection of its own, which commits at once; the order follows, or doesn't.
const setup = ordersFromEnvironment()

serveOrders({
  ...setup,
  placeOrder: (command) =>
    transaction(setup.database, async (tx) => {
      const earlier = await takeKey(tx, command)
      if (earlier !== undefined) return earlier
      const order = await saveOrder(tx, command)
      await transaction(setup.database, (other) => appendEvent(other, orderEvent(order, command)))
      await rememberAnswer(tx, command, order)
      return order
    }),
})
