import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'
import { log } from '../../reference/service/log.ts'

// C42: remembers the next offset of each partition, also of one that another member had meanwhile, and waits for it.
const setup = fulfillmentFromEnvironment()
const next = new Map<number, bigint>()

runFulfillment({
  ...setup,
  consumer: {
    ...setup.consumer,
    async handle(records, done, closing) {
      const fitting = records.filter(({ partition, offset }) => {
        const expected = next.get(partition) ?? offset
        if (offset > expected) {
          log('a record is missing', { partition, expected: String(expected), offset: String(offset) })
          return false
        }
        next.set(partition, offset + 1n > expected ? offset + 1n : expected)
        return true
      })
      await setup.consumer.handle(fitting, done, closing)
    },
  },
})
