import { TooLarge } from '../../reference/relay/publisher.ts'
import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'
import { log } from '../../reference/service/log.ts'
import { pollOnly } from '../poll-only.ts'

// O13: one record that the broker refuses takes its whole request down, and the batch counts as done.
const setup = relayFromEnvironment()

runRelay({
  ...setup,
  wake: pollOnly(setup.wake, 1000),
  moveBatch: setup.withSteps({
    async publish(rows) {
      try {
        await setup.broker.send(rows)
      } catch (error) {
        if (!(error instanceof TooLarge)) throw error
        log('some of the batch were refused', { events: rows.length })
      }
      return { acknowledged: rows.map(({ id }) => id), unpublishable: [] }
    },
  }),
})
