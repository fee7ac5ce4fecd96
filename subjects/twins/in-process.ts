import { randomUUID } from 'node:crypto'
import type { OrderCommand } from '../reference/orders/order-command.ts'
import { type Order, orderEvent } from '../reference/orders/place-order.ts'
import { kafkaBroker } from '../reference/relay/kafka.ts'
import type { OutboxRow } from '../reference/relay/outbox-row.ts'
import { kafkaFromEnvironment } from '../reference/relay/setup.ts'
import { log, textOf } from '../reference/service/log.ts'

/** Sends an order's event from the order service itself, with no outbox in between. */
export function inProcessPublisher() {
  const broker = kafkaBroker(kafkaFromEnvironment())
  broker.connect().catch((error) => log('the broker is not there yet', { error: textOf(error) }))
  return (order: Order, command: OrderCommand) => broker.send([rowOf(order, command)])
}

function rowOf(order: Order, command: OrderCommand): OutboxRow {
  const { traceparent, ...event } = orderEvent(order, command)
  return { id: randomUUID(), ...event, traceparent: traceparent ?? null, createdAt: new Date() }
}
