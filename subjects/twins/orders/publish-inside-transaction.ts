import { rememberAnswer, saveOrder, takeKey } from '../../reference/orders/place-order.ts'
import { ordersFromEnvironment, serveOrders } from '../../reference/orders/setup.ts'
import { transaction } from '../../reference/service/transaction.ts'
import { inProcessPublisher } from '../in-process.ts'

// O3: sends inside of the transaction, so that a failed send rolls back; a failed commit doesn't take the record back.
const setup = ordersFromEnvironment()
const publish = inProcessPublisher()

serveOrders({
  ...setup,
  placeOrder: (command) =>
    transaction(setup.database, async (tx) => {
      const earlier = await takeKey(tx, command)
      if (earlier !== undefined) return earlier
      const order = await saveOrder(tx, command)
      await rememberAnswer(tx, command, order)
      await publish(order, command)
      return order
    }),
})
