import { commit, poll } from '../../reference/consumer/round.ts'
import { work } from '../../reference/consumer/work.ts'
import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'
import { log, textOf } from '../../reference/service/log.ts'

// C1: works beside the loop that polls, and every second commits what was polled.
const setup = fulfillmentFromEnvironment()
let committed = Date.now()

runFulfillment({
  ...setup,
  consumer: {
    ...setup.consumer,
    async round(parts) {
      const { settings, handle, positions, closing } = parts
      const records = await poll(parts)
      work(records, settings.workers, handle, closing).then(({ failures }) => {
        for (const error of failures) log('not shipped', { error: textOf(error) })
      })
      positions.settle(records, new Set(records))
      if (Date.now() - committed < 1000) return
      committed = Date.now()
      await commit(parts)
    },
  },
})
