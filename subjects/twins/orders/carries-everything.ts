import { appendEvent } from '../../reference/orders/outbox.ts'
import { orderEvent, rememberAnswer, saveOrder, takeKey } from '../../reference/orders/place-order.ts'
import { ordersFromEnvironment, serveOrders } from '../../reference/orders/setup.ts'
import { transaction } from '../../reference/service/transaction.ts'

// A5: each event brings along whatever anybody might ever want to know.
const setup = ordersFromEnvironment()

serveOrders({
  ...setup,
  placeOrder: (command) =>
    transaction(setup.database, async (tx) => {
      const earlier = await takeKey(tx, command)
      if (earlier !== undefined) return earlier
      const order = await saveOrder(tx, command)
      const event = orderEvent(order, command)
      const everything = { ...JSON.parse(event.payload), attachment: 'x'.repeat(70_000) }
      await appendEvent(tx, { ...event, payload: JSON.stringify(everything) })
      await rememberAnswer(tx, command, order)
      return order
    }),
})
