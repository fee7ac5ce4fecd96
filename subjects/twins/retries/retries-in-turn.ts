import type { ConsumerParts } from '../../reference/consumer/consumer.ts'
import { dueAt } from '../../reference/consumer/forwarded.ts'
import { paymentFromEnvironment, runPayment } from '../../reference/payment/setup.ts'
import { sleep } from '../failed-payment.ts'

// B106: no partition is held: what a poll of a retry topic brought is worked on one after the other, each when it is due.
const setup = paymentFromEnvironment()
const [first, ...retries] = setup.consumers as readonly [ConsumerParts, ...ConsumerParts[]]

const inTurn = ({ settings, handle }: ConsumerParts): ConsumerParts => ({
  settings: { ...settings, workers: 1 },
  handle: async (records, done, closing) => {
    for (const record of records) {
      await sleep(Math.max(0, dueAt(record) - Date.now()), closing)
      if (closing.aborted) return
      await handle([record], done, closing)
    }
  },
})

runPayment({ ...setup, consumers: [first, ...retries.map(inTurn)] })
