import type { PoolClient } from 'pg'
import { inSpans, type Tracer } from '../service/tracer.ts'
import type { Order } from './order.ts'
import { ship } from './ship.ts'

/** Ships orders, each in a span of its own: what is published because of an order goes on in its trace. */
export function shipInSpans(tracer: Tracer) {
  return (tx: PoolClient, orders: readonly Order[]): Promise<void> => {
    const begun = orders.map((order) => {
      const span = tracer.begin('ship order', 'consumer', order.traceparent)
      return { span, order: { ...order, traceparent: span.traceparent ?? null } }
    })
    const spans = begun.map(({ span }) => span)
    return inSpans(spans, () =>
      ship(
        tx,
        begun.map(({ order }) => order),
      ),
    )
  }
}
