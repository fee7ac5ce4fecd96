import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'
import { plainBroker } from '../plain-broker.ts'

// O6: acks=0 and nobody waits for the send; the row is marked at once.
const setup = relayFromEnvironment()
const broker = plainBroker({ acks: 0 })

runRelay({
  ...setup,
  moveBatch: setup.withSteps({
    async publish(rows) {
      broker.send(rows).catch(() => {})
      return { acknowledged: rows.map(({ id }) => id), unpublishable: [] }
    },
  }),
})
