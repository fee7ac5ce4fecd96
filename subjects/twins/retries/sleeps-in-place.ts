import type { PoolClient } from 'pg'
import { isRetriable } from '../../reference/consumer/failure.ts'
import type { Payment } from '../../reference/payment/payment.ts'
import { attemptAgain, payWith, sleep } from '../failed-payment.ts'

// D6: sleeps between attempts, for longer than the group waits for it, and books whatever it is given.
payWith(({ steps, plan }) => ({
  book,
  async passOn(record, error, closing) {
    let last = error
    for (const { delay } of plan.retries) {
      if (!isRetriable(last)) break
      await sleep(delay, closing)
      if (closing.aborted) throw last
      try {
        return await attemptAgain({ ...steps, book }, record)
      } catch (next) {
        last = next
      }
    }
    await steps.passOn(record, last, closing)
  },
}))

async function book(tx: PoolClient, { eventId, paymentId, amount }: Payment): Promise<void> {
  const values = [eventId, paymentId, amount]
  await tx.query('INSERT INTO payments (event_id, payment_id, amount) VALUES ($1, $2, $3)', values)
}
