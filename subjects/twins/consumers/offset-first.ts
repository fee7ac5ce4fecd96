import { commit, poll } from '../../reference/consumer/round.ts'
import { work } from '../../reference/consumer/work.ts'
import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'

// C2: commits what it has got, then works on it.
const setup = fulfillmentFromEnvironment()

runFulfillment({
  ...setup,
  consumer: {
    ...setup.consumer,
    async round(parts) {
      const { settings, handle, positions, closing } = parts
      const records = await poll(parts)
      positions.settle(records, new Set(records))
      await commit(parts)
      await work(records, settings.workers, handle, closing)
    },
  },
})
