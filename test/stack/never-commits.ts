import { poll } from '../../subjects/reference/consumer/round.ts'
import { work } from '../../subjects/reference/consumer/work.ts'
import { fulfillmentFromEnvironment, runFulfillment } from '../../subjects/reference/fulfillment/setup.ts'

// Not a twin, for nobody does it on purpose: effects are there, and the group's offsets are forgotten.
const setup = fulfillmentFromEnvironment()

runFulfillment({
  ...setup,
  consumer: {
    ...setup.consumer,
    async round(parts) {
      const { settings, handle, positions, closing } = parts
      const records = await poll(parts)
      const { done } = await work(records, settings.workers, handle, closing)
      positions.settle(records, done)
    },
  },
})
