import { rememberAnswer, saveOrder, takeKey } from '../../reference/orders/place-order.ts'
import { ordersFromEnvironment, serveOrders } from '../../reference/orders/setup.ts'
import { transaction } from '../../reference/service/transaction.ts'
import { inProcessPublisher } from '../in-process.ts'

// O2: announces the order and then saves it. What the database refuses has been announced all the same.
const setup = ordersFromEnvironment()
const publish = inProcessPublisher()

serveOrders({
  ...setup,
  async placeOrder(command) {
    const { rows } = await setup.database.query<{ version: number }>(
      'SELECT version FROM orders WHERE id = $1',
      [command.orderId],
    )
    const version = (rows[0]?.version ?? 0) + 1
    const { orderId: id, customerId, totalAmount } = command
    await publish({ id, customerId, totalAmount, version }, command)
    return transaction(setup.database, async (tx) => {
      const earlier = await takeKey(tx, command)
      if (earlier !== undefined) return earlier
      const order = await saveOrder(tx, command)
      await rememberAnswer(tx, command, order)
      return order
    })
  },
})
