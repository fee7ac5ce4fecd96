import { appendEvent } from '../../reference/orders/outbox.ts'
import { orderEvent, rememberAnswer, saveOrder, takeKey } from '../../reference/orders/place-order.ts'
import { ordersFromEnvironment, serveOrders } from '../../reference/orders/setup.ts'
import { log, textOf } from '../../reference/service/log.ts'
import { transaction } from '../../reference/service/transaction.ts'

// O42: the event is written in a savepoint, and what goes wrong there is logged: the order is committed without it.
const setup = ordersFromEnvironment()

serveOrders({
  ...setup,
  placeOrder: (command) =>
    transaction(setup.database, async (tx) => {
      const earlier = await takeKey(tx, command)
      if (earlier !== undefined) return earlier
      const order = await saveOrder(tx, command)
      await tx.query('SAVEPOINT event')
      try {
        await appendEvent(tx, orderEvent(order, command))
      } catch (error) {
        await tx.query('ROLLBACK TO SAVEPOINT event')
        log('an event is not written', { order: order.id, error: textOf(error) })
      }
      await rememberAnswer(tx, command, order)
      return order
    }),
})
