import { appendEvent } from '../../reference/orders/outbox.ts'
import { orderEvent, rememberAnswer, saveOrder, takeKey } from '../../reference/orders/place-order.ts'
import { ordersFromEnvironment, serveOrders } from '../../reference/orders/setup.ts'
import { transaction } from '../../reference/service/transaction.ts'

// O55: writes the event before the order. Its sequence is drawn before the order's row is locked, and two changes may commit the other way round.
const setup = ordersFromEnvironment()

serveOrders({
  ...setup,
  placeOrder: (command) =>
    transaction(setup.database, async (tx) => {
      const earlier = await takeKey(tx, command)
      if (earlier !== undefined) return earlier
      const { rows } = await tx.query<{ version: number }>('SELECT version FROM orders WHERE id = $1', [
        command.orderId,
      ])
      const { orderId: id, customerId, totalAmount } = command
      const next = { id, customerId, totalAmount, version: (rows[0]?.version ?? 0) + 1 }
      await appendEvent(tx, orderEvent(next, command))
      const order = await saveOrder(tx, command)
      await rememberAnswer(tx, command, order)
      return order
    }),
})
