import { commit, poll } from '../../reference/consumer/round.ts'
import { work } from '../../reference/consumer/work.ts'
import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'

/** Tells the group that records are done when they have come, and works through them in memory, one batch after another. */
const setup = fulfillmentFromEnvironment()
let queue: Promise<unknown> = Promise.resolve()
runFulfillment({
  ...setup,
  consumer: {
    ...setup.consumer,
    async round(parts) {
      const records = await poll(parts)
      parts.positions.settle(records, new Set(records))
      await commit(parts)
      queue = queue.then(() => work(records, parts.settings.workers, parts.handle, parts.closing))
    },
  },
})
