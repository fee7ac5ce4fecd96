import { appendEvent } from '../../reference/orders/outbox.ts'
import { orderEvent, rememberAnswer, saveOrder, takeKey } from '../../reference/orders/place-order.ts'
import { ordersFromEnvironment, serveOrders } from '../../reference/orders/setup.ts'
import { transaction } from '../../reference/service/transaction.ts'

// A4: an order that is placed or changed becomes an event for each of its fields.
const setup = ordersFromEnvironment()

serveOrders({
  ...setup,
  placeOrder: (command) =>
    transaction(setup.database, async (tx) => {
      const earlier = await takeKey(tx, command)
      if (earlier !== undefined) return earlier
      const order = await saveOrder(tx, command)
      const event = orderEvent(order, command)
      for (const field of ['CustomerSet', 'AmountSet', 'VersionSet', 'OrderTouched'])
        await appendEvent(tx, { ...event, eventType: field })
      await rememberAnswer(tx, command, order)
      return order
    }),
})
