import { partitionName } from '../../reference/consumer/record.ts'
import { commit, poll } from '../../reference/consumer/round.ts'
import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'
import { log, textOf } from '../../reference/service/log.ts'

// C15: works on all records at once and commits behind the highest one that is done.
const setup = fulfillmentFromEnvironment()

runFulfillment({
  ...setup,
  consumer: {
    ...setup.consumer,
    async round(parts) {
      const { handle, positions, closing } = parts
      for (const record of await poll(parts)) {
        const done = () => {
          const position = positions.get(partitionName(record))
          if (position && position.done <= record.offset) position.done = record.offset + 1n
        }
        handle([record], done, closing).catch((error) => log('not shipped', { error: textOf(error) }))
      }
      await commit(parts)
    },
  },
})
