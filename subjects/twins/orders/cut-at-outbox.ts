import { placeOrder } from '../../reference/orders/place-order.ts'
import { ordersFromEnvironment, serveOrders } from '../../reference/orders/setup.ts'

// T1: the context of the command ends at the outbox: nobody writes it there.
const setup = ordersFromEnvironment()

serveOrders({
  ...setup,
  placeOrder: (command) => placeOrder(setup.database, { ...command, traceparent: undefined }),
})
