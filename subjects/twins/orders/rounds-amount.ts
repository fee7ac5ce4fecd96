import { appendEvent } from '../../reference/orders/outbox.ts'
import { orderEvent, rememberAnswer, saveOrder, takeKey } from '../../reference/orders/place-order.ts'
import { ordersFromEnvironment, serveOrders } from '../../reference/orders/setup.ts'
import { transaction } from '../../reference/service/transaction.ts'

// O41: the event is made from a rounded amount; the order's row keeps the exact one.
const setup = ordersFromEnvironment()

serveOrders({
  ...setup,
  placeOrder: (command) =>
    transaction(setup.database, async (tx) => {
      const earlier = await takeKey(tx, command)
      if (earlier !== undefined) return earlier
      const order = await saveOrder(tx, command)
      const rounded = { ...order, totalAmount: Math.round(order.totalAmount / 100) * 100 }
      await appendEvent(tx, orderEvent(rounded, command))
      await rememberAnswer(tx, command, order)
      return order
    }),
})
