import { log, textOf } from '../../reference/service/log.ts'
import { payWith, sentBy } from '../failed-payment.ts'

// D20: a retry is sent, again and again if need be, and the event counts as done meanwhile.
payWith(({ steps, plan }) => ({
  async passOn(record, error, closing) {
    const sending = steps.passOn(record, error, closing)
    if (sentBy(plan, record, error).topic === plan.deadLetters) return sending
    sending.catch((failure) => log('a retry is lost', { error: textOf(failure) }))
  },
}))
