import { Consumer, ListOffsetTimestamps } from '@platformatic/kafka'
import { round } from '../../reference/consumer/round.ts'
import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'

// C25: begins at the end of whatever partition it gets.
const setup = fulfillmentFromEnvironment()
const { bootstrapServers, group } = setup.consumer.settings
const ends = new Consumer({ clientId: group, groupId: group, bootstrapBrokers: bootstrapServers.split(',') })
ends.on('error', () => {})

runFulfillment({
  ...setup,
  consumer: {
    ...setup.consumer,
    round(parts) {
      const reader: typeof parts.reader = {
        ...parts.reader,
        async positions(of, identity) {
          const positions = await parts.reader.positions(of, identity)
          for (const position of positions) {
            const { topic, partition } = position
            const asked = { topics: [topic], partitions: { [topic]: [partition] } }
            const latest = await ends.listOffsets({ ...asked, timestamp: ListOffsetTimestamps.LATEST })
            position.next = position.done = latest.get(topic)?.[partition] ?? position.next
          }
          return positions
        },
        [Symbol.asyncDispose]: () => parts.reader[Symbol.asyncDispose](),
      }
      return round({ ...parts, reader })
    },
  },
})
