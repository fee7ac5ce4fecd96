import type { Pool } from 'pg'
import { answers, openDatabase } from '../service/database.ts'
import { host, required, whole } from '../service/environment.ts'
import { log } from '../service/log.ts'
import { closeOnSignal } from '../service/shutdown.ts'
import { inSpan, type Tracer, tracerFromEnvironment } from '../service/tracer.ts'
import type { OrderCommand } from './order-command.ts'
import { type Order, placeOrder } from './place-order.ts'
import { orderServer } from './server.ts'

/** An order service that is not running yet. */
export interface OrdersSetup {
  readonly database: Pool
  readonly tracer: Tracer
  readonly placeOrder: (command: OrderCommand) => Promise<Order>
}

export function ordersFromEnvironment(): OrdersSetup {
  const url = required('DATABASE_URL')
  const database = openDatabase({ url, name: 'orders', connections: 20, patience: 10_000 })
  const tracer = tracerFromEnvironment('orders')
  return {
    database,
    tracer,
    placeOrder: (command) =>
      inSpan(tracer.begin('PUT /orders/{id}', 'server', command.traceparent), (traceparent) =>
        placeOrder(database, { ...command, traceparent }),
      ),
  }
}

/** Runs until SIGTERM. */
export function serveOrders({ database, tracer, placeOrder }: OrdersSetup): void {
  const server = orderServer({ placeOrder, healthy: () => answers(database) })
  const port = whole('PORT', 8080)
  server.listen(port, host, () => log('taking orders', { port }))

  closeOnSignal(
    async () => {
      server.close()
      server.closeIdleConnections()
    },
    () => database.end(),
    () => tracer[Symbol.asyncDispose](),
  )
}
