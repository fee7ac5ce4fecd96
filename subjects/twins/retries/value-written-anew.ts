import type { ConsumedRecord } from '../../reference/consumer/record.ts'
import { paymentOf } from '../../reference/payment/payment.ts'
import { payPassingOn, sentBy } from '../failed-payment.ts'

// D8: passes on what it has read, not the bytes that it got.
payPassingOn((record, error, plan) => ({ ...sentBy(plan, record, error), value: written(record) }))

function written(record: ConsumedRecord): Buffer | null {
  try {
    const { amount, paymentId } = paymentOf(record)
    return Buffer.from(JSON.stringify({ amount, paymentId }))
  } catch {
    return record.value
  }
}
