import { round } from '../../reference/consumer/round.ts'
import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'
import { whole } from '../../reference/service/environment.ts'
import { insertShipments } from '../shipments.ts'

// C20: every instance reads every partition, as if it were the only one.
const setup = fulfillmentFromEnvironment()
const [topic = ''] = setup.consumer.settings.topics
const assigned = Array.from({ length: whole('PARTITIONS', 3) }, (_, partition) => ({ topic, partition }))

runFulfillment({
  ...setup,
  consumer: {
    ...setup.withSteps({ ship: insertShipments }),
    round(parts) {
      const { member } = parts
      const everything = {
        assigned,
        get identity() {
          return member.identity
        },
        get belongs() {
          return member.belongs
        },
        [Symbol.asyncDispose]: () => member[Symbol.asyncDispose](),
      }
      return round({ ...parts, member: everything })
    },
  },
})
