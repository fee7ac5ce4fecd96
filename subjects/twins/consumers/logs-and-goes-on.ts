import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'
import { log, textOf } from '../../reference/service/log.ts'

// C17: an error is logged, and that was it.
const setup = fulfillmentFromEnvironment()
const { handle } = setup.consumer

runFulfillment({
  ...setup,
  consumer: {
    ...setup.consumer,
    async handle(records, done, closing) {
      await handle(records, () => {}, closing).catch((error) => log('not shipped', { error: textOf(error) }))
      records.forEach(done)
    },
  },
})
