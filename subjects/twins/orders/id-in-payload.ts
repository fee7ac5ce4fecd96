import { randomUUID } from 'node:crypto'
import { appendEvent } from '../../reference/orders/outbox.ts'
import { orderEvent, rememberAnswer, saveOrder, takeKey } from '../../reference/orders/place-order.ts'
import { ordersFromEnvironment, serveOrders } from '../../reference/orders/setup.ts'
import { transaction } from '../../reference/service/transaction.ts'

// B21: the event's id is part of the payload; the relay sends no header for it.
const setup = ordersFromEnvironment()

serveOrders({
  ...setup,
  placeOrder: (command) =>
    transaction(setup.database, async (tx) => {
      const earlier = await takeKey(tx, command)
      if (earlier !== undefined) return earlier
      const order = await saveOrder(tx, command)
      const event = orderEvent(order, command)
      const id = randomUUID()
      const payload = JSON.stringify({ eventId: id, ...JSON.parse(event.payload) })
      await appendEvent(tx, { ...event, payload }, id)
      await rememberAnswer(tx, command, order)
      return order
    }),
})
