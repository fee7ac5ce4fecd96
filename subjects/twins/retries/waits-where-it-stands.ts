import { isRetriable } from '../../reference/consumer/failure.ts'
import { ATTEMPTS } from '../../reference/consumer/forwarded.ts'
import { attemptAgain, payWith, sleep } from '../failed-payment.ts'

// D21: waits for a retry where it stands, and whoever is behind the failed record waits with it.
payWith(({ steps, plan }) => ({
  async passOn(record, error, closing) {
    let last = error
    for (const { delay } of plan.retries) {
      if (!isRetriable(last)) break
      await sleep(delay, closing)
      if (closing.aborted) throw last
      try {
        return await attemptAgain(steps, record)
      } catch (next) {
        last = next
      }
    }
    const counted = [ATTEMPTS, Buffer.from(String(plan.retries.length))] as const
    await steps.passOn({ ...record, headers: [...record.headers, counted] }, last, closing)
  },
}))
