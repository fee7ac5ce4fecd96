import { appendEvent } from '../../reference/orders/outbox.ts'
import { orderEvent, rememberAnswer, saveOrder, takeKey } from '../../reference/orders/place-order.ts'
import { ordersFromEnvironment, serveOrders } from '../../reference/orders/setup.ts'
import { transaction } from '../../reference/service/transaction.ts'

// B2: the event is inserted and deleted in the same transaction. Debezium reads it from the WAL; the table stays empty.
const setup = ordersFromEnvironment()

serveOrders({
  ...setup,
  placeOrder: (command) =>
    transaction(setup.database, async (tx) => {
      const earlier = await takeKey(tx, command)
      if (earlier !== undefined) return earlier
      const order = await saveOrder(tx, command)
      const id = await appendEvent(tx, orderEvent(order, command))
      await tx.query('DELETE FROM outbox_events WHERE id = $1', [id])
      await rememberAnswer(tx, command, order)
      return order
    }),
})
