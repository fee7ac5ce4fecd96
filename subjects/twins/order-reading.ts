import { eventOf, part, textField, wholeField } from '../reference/consumer/event.ts'
import type { ConsumedRecord } from '../reference/consumer/record.ts'
import type { Steps } from '../reference/fulfillment/fulfill.ts'
import type { Order } from '../reference/fulfillment/order.ts'
import { fulfillmentFromEnvironment, runFulfillment } from '../reference/fulfillment/setup.ts'

/** What of an order is called otherwise in each version. */
export type Named = Pick<Order, 'customerId' | 'amount' | 'currency'>

/** Version 1, as it was first written. */
export function inVersion1(data: unknown): Named {
  return {
    customerId: textField(data, 'customerId'),
    amount: wholeField(data, 'totalAmount'),
    currency: 'KRW',
  }
}

/** Version 2. */
export function inVersion2(data: unknown): Named {
  const total = part(data, 'total')
  return {
    customerId: textField(part(data, 'customer'), 'id'),
    amount: wholeField(total, 'amount'),
    currency: textField(total, 'currency'),
  }
}

/** The reference's fulfillment, which reads orders in a way of its own. @param changes of what it does with them */
export function runReading(
  read: (data: unknown, version: number) => Named,
  changes: Partial<Steps> = {},
): void {
  const setup = fulfillmentFromEnvironment()
  const orderOf = (record: ConsumedRecord): Order => {
    const { id, version, data, traceparent } = eventOf(record)
    return {
      ...read(data, version),
      eventId: id,
      orderId: textField(data, 'orderId'),
      version: wholeField(data, 'version', 1),
      traceparent: traceparent ?? null,
    }
  }
  runFulfillment({ ...setup, consumer: setup.withSteps({ orderOf, ...changes }) })
}
