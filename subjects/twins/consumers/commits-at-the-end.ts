import { commit, poll } from '../../reference/consumer/round.ts'
import { work } from '../../reference/consumer/work.ts'
import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'

// C24: told to end, it commits what it has got and goes; the work on it is not waited for.
const setup = fulfillmentFromEnvironment()

runFulfillment({
  ...setup,
  consumer: {
    ...setup.consumer,
    async round(parts) {
      const { settings, handle, positions, closing } = parts
      const records = await poll(parts)
      const ending = Promise.withResolvers<void>()
      closing.addEventListener('abort', () => ending.resolve(), { once: true })
      await Promise.race([work(records, settings.workers, handle, closing), ending.promise])
      positions.settle(records, new Set(records))
      await commit(parts)
      if (closing.aborted) process.exit(0)
    },
  },
})
