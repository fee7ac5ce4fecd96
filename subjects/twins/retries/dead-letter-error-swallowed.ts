import { log, textOf } from '../../reference/service/log.ts'
import { payWith, sentBy } from '../failed-payment.ts'

// D10: a dead letter that can't be stored is logged.
payWith(({ steps, plan, producer }) => ({
  async passOn(record, error, closing) {
    const sent = sentBy(plan, record, error)
    if (sent.topic !== plan.deadLetters) return steps.passOn(record, error, closing)
    await producer
      .send(sent)
      .catch((failure) => log('a dead letter is not stored', { error: textOf(failure) }))
  },
}))
