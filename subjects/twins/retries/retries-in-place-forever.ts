import { isRetriable } from '../../reference/consumer/failure.ts'
import { attemptAgain, payWith, sleep } from '../failed-payment.ts'

// D1: tries again where it is, every second, until it succeeds.
payWith(({ steps }) => ({
  async passOn(record, error, closing) {
    let last = error
    while (isRetriable(last)) {
      if (closing.aborted) throw last
      await sleep(1000, closing)
      try {
        return await attemptAgain(steps, record)
      } catch (next) {
        last = next
      }
    }
    await steps.passOn(record, last, closing)
  },
}))
