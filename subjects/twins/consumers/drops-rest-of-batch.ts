import { commit, poll } from '../../reference/consumer/round.ts'
import { work } from '../../reference/consumer/work.ts'
import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'

// C60: stops working on a batch when it is told to end, and lets the client take the whole of it for done, as an
// `eachBatch` of kafkajs does that breaks out of its loop.
const setup = fulfillmentFromEnvironment()

runFulfillment({
  ...setup,
  consumer: {
    ...setup.consumer,
    settings: { ...setup.consumer.settings, workers: 1 },
    async round(parts) {
      const { positions, handle, closing } = parts
      const records = await poll(parts)
      await positions.busyWith(records, async () => {
        for (const record of records) {
          if (closing.aborted) break
          const { failures } = await work([record], 1, handle, closing)
          if (failures.length > 0) throw failures[0]
        }
        positions.settle(records, new Set(records))
        await commit(parts)
      })
    },
  },
})
