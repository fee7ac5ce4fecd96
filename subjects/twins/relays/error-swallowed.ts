import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'
import { log, textOf } from '../../reference/service/log.ts'

// O12: a failed send is logged, and the rows are marked like the others.
const setup = relayFromEnvironment()

runRelay({
  ...setup,
  moveBatch: setup.withSteps({
    async publish(rows) {
      await setup.broker.send(rows).catch((error) => log('send failed', { error: textOf(error) }))
      return { acknowledged: rows.map(({ id }) => id), unpublishable: [] }
    },
  }),
})
