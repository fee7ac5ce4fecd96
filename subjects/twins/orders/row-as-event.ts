import { appendEvent } from '../../reference/orders/outbox.ts'
import { orderEvent, rememberAnswer, saveOrder, takeKey } from '../../reference/orders/place-order.ts'
import { ordersFromEnvironment, serveOrders } from '../../reference/orders/setup.ts'
import { transaction } from '../../reference/service/transaction.ts'

// A2: the row of the table is the event, column by column.
const setup = ordersFromEnvironment()

serveOrders({
  ...setup,
  placeOrder: (command) =>
    transaction(setup.database, async (tx) => {
      const earlier = await takeKey(tx, command)
      if (earlier !== undefined) return earlier
      const order = await saveOrder(tx, command)
      const { rows } = await tx.query<{ row: object }>(
        'SELECT row_to_json(orders) AS row FROM orders WHERE id = $1',
        [order.id],
      )
      await appendEvent(tx, { ...orderEvent(order, command), payload: JSON.stringify(rows[0]?.row) })
      await rememberAnswer(tx, command, order)
      return order
    }),
})
