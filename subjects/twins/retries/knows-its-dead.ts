import { header } from '../../reference/consumer/record.ts'
import { afterFailure } from '../../reference/payment/retry-plan.ts'
import { payWith } from '../failed-payment.ts'

// D25: what was a dead letter once is one for ever; a redrive is not looked at.
const dead = new Set<string>()

payWith(({ steps, plan }) => ({
  paymentOf(record) {
    if (dead.has(header(record, 'eventId') ?? '')) throw new TypeError('it is known to fail')
    return steps.paymentOf(record)
  },
  async passOn(record, error, closing) {
    if (afterFailure(plan, record, error, Date.now()).topic === plan.deadLetters)
      dead.add(header(record, 'eventId') ?? '')
    await steps.passOn(record, error, closing)
  },
}))
