import { type ConsumedEvent, part, textField, wholeField } from '../consumer/event.ts'
import { type Upcasts, upcast } from './upcast.ts'

/** An order event in its newest version, 2: the amount says its currency, the customer can be told more about. */
export interface OrderEvent {
  readonly orderId: string
  readonly customer: { readonly id: string }
  readonly total: {
    /** In the smallest unit of the currency. */
    readonly amount: number
    readonly currency: string
  }
  /** Of the order; each change raises it. */
  readonly version: number
}

/** Version 1 said `customerId` and `totalAmount`, and knew one currency. */
const upcasts: Upcasts = [
  (data): OrderEvent => ({
    orderId: textField(data, 'orderId'),
    customer: { id: textField(data, 'customerId') },
    total: { amount: wholeField(data, 'totalAmount'), currency: 'KRW' },
    version: wholeField(data, 'version', 1),
  }),
]

/** An order event of any version, as one of the newest. @throws {UndecodableEvent} that names the field */
export function orderEvent(event: Pick<ConsumedEvent, 'version' | 'data'>): OrderEvent {
  const data = upcast(event, upcasts)
  const total = part(data, 'total')
  return {
    orderId: textField(data, 'orderId'),
    customer: { id: textField(part(data, 'customer'), 'id') },
    total: { amount: wholeField(total, 'amount'), currency: textField(total, 'currency') },
    version: wholeField(data, 'version', 1),
  }
}
