import type { OutboxRow } from '../../reference/relay/outbox-row.ts'
import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'

// B20: a payload that is NULL goes out as a tombstone.
const setup = relayFromEnvironment()

runRelay({
  ...setup,
  moveBatch: setup.withSteps({
    async publish(rows: readonly OutboxRow[]) {
      try {
        await setup.broker.send(rows)
        return { acknowledged: rows.map(({ id }) => id), unpublishable: [] }
      } catch (failure) {
        return { acknowledged: [], unpublishable: [], failure }
      }
    },
  }),
})
