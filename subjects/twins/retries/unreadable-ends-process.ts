import { UndecodableEvent } from '../../reference/consumer/event.ts'
import { log, textOf } from '../../reference/service/log.ts'
import { payWith } from '../failed-payment.ts'

// D18: what can't be read is nobody's case, and ends the process.
payWith(({ steps }) => ({
  paymentOf(record) {
    try {
      return steps.paymentOf(record)
    } catch (error) {
      if (!(error instanceof UndecodableEvent)) throw error
      log('uncaught', { error: textOf(error) })
      process.exit(1)
    }
  },
}))
