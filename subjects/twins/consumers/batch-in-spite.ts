import { commit, poll } from '../../reference/consumer/round.ts'
import { work } from '../../reference/consumer/work.ts'
import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'

// C16: commits a batch when the work on it has ended, also where some of it failed.
const setup = fulfillmentFromEnvironment()

runFulfillment({
  ...setup,
  consumer: {
    ...setup.consumer,
    async round(parts) {
      const { settings, handle, positions, closing } = parts
      const records = await poll(parts)
      await work(records, settings.workers, handle, closing)
      positions.settle(records, new Set(records))
      await commit(parts)
    },
  },
})
