import { setTimeout as pause } from 'node:timers/promises'
import { round } from '../../reference/consumer/round.ts'
import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'

// B11: lets records gather for a second and ships up to 500 in one transaction; effects come late, and together.
const setup = fulfillmentFromEnvironment()

runFulfillment({
  ...setup,
  consumer: {
    ...setup.consumer,
    settings: { ...setup.consumer.settings, workers: 1 },
    async round(parts) {
      await pause(1000, undefined, { signal: parts.closing }).catch(() => {})
      await round(parts)
    },
  },
})
