import { randomUUID } from 'node:crypto'
import { orderEvent, rememberAnswer, saveOrder, takeKey } from '../../reference/orders/place-order.ts'
import { ordersFromEnvironment, serveOrders } from '../../reference/orders/setup.ts'
import { transaction } from '../../reference/service/transaction.ts'

// B3: no outbox table; the event is a transactional logical message in the WAL.
const setup = ordersFromEnvironment()

serveOrders({
  ...setup,
  placeOrder: (command) =>
    transaction(setup.database, async (tx) => {
      const earlier = await takeKey(tx, command)
      if (earlier !== undefined) return earlier
      const order = await saveOrder(tx, command)
      const event = orderEvent(order, command)
      const content = {
        id: randomUUID(),
        aggregate_type: event.aggregateType,
        aggregate_id: event.aggregateId,
        event_type: event.eventType,
        payload: event.payload,
        specversion: '1.0',
        traceparent: event.traceparent ?? '',
      }
      await tx.query("SELECT pg_logical_emit_message(true, 'outbox', $1::text)", [JSON.stringify(content)])
      await rememberAnswer(tx, command, order)
      return order
    }),
})
