import { log, textOf } from '../../reference/service/log.ts'
import { payWith, sentBy } from '../failed-payment.ts'

// D9: a dead letter is sent, again and again if need be, and nobody waits for it.
payWith(({ steps, plan }) => ({
  async passOn(record, error, closing) {
    const sending = steps.passOn(record, error, closing)
    if (sentBy(plan, record, error).topic !== plan.deadLetters) return sending
    sending.catch((failure) => log('a dead letter is lost', { error: textOf(failure) }))
  },
}))
