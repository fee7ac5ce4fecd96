import { rememberAnswer, saveOrder, takeKey } from '../../reference/orders/place-order.ts'
import { ordersFromEnvironment, serveOrders } from '../../reference/orders/setup.ts'
import { log, textOf } from '../../reference/service/log.ts'
import { transaction } from '../../reference/service/transaction.ts'
import { inProcessPublisher } from '../in-process.ts'

// O1: commits, then sends. Whatever happens in between takes the event with it.
const setup = ordersFromEnvironment()
const publish = inProcessPublisher()

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
    if (!known) publish(order, command).catch((error) => log('not published', { error: textOf(error) }))
    return order
  },
})
