import { appendEvent } from '../../reference/orders/outbox.ts'
import { orderEvent, rememberAnswer, saveOrder, takeKey } from '../../reference/orders/place-order.ts'
import { ordersFromEnvironment, serveOrders } from '../../reference/orders/setup.ts'
import { transaction } from '../../reference/service/transaction.ts'

// O4: the order in one transaction, its event in the next (an "after commit" listener).
const setup = ordersFromEnvironment()

serveOrders({
  ...setup,
  async placeOrder(command) {
    const { order, known } = await transaction(setup.database, async (tx) => {
      const earlier = await takeKey(tx, command)
      if (earlier !== undefined) return { order: earlier, known: true }
      const order = await saveOrder(tx, command)
      await rememberAnswer(tx, command, order)
      return { order, known: false }
    })
    if (!known) await transaction(setup.database, (tx) => appendEvent(tx, orderEvent(order, command)))
    return order
  },
})
