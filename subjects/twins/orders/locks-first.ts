import { appendEvent } from '../../reference/orders/outbox.ts'
import { orderEvent, rememberAnswer, saveOrder, takeKey } from '../../reference/orders/place-order.ts'
import { ordersFromEnvironment, serveOrders } from '../../reference/orders/setup.ts'
import { transaction } from '../../reference/service/transaction.ts'

// B104: writes the event before the order, behind a lock of the order: changes of one order follow each other.
const setup = ordersFromEnvironment()

serveOrders({
  ...setup,
  placeOrder: (command) =>
    transaction(setup.database, async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock(104, hashtext($1))', [command.orderId])
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
