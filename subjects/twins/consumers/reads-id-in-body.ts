import { textField, UndecodableEvent, wholeField } from '../../reference/consumer/event.ts'
import { header } from '../../reference/consumer/record.ts'
import { payWith } from '../failed-payment.ts'

// B62: an event's id is in its body, and nowhere else.
payWith(() => ({
  paymentOf(record) {
    const data = bodyOf(String(record.value))
    return {
      eventId: textField(data, 'id'),
      paymentId: textField(data, 'paymentId'),
      amount: wholeField(data, 'amount'),
      traceparent: header(record, 'traceparent'),
    }
  },
}))

function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new UndecodableEvent('the value is not JSON', { cause })
  }
}
