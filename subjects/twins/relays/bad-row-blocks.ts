import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'

// O25: nothing is ever put aside; a row that can't be published fails its batch, again and again.
const setup = relayFromEnvironment()

runRelay({
  ...setup,
  moveBatch: setup.withSteps({
    async publish(rows) {
      for (const { payload } of rows) JSON.parse(payload)
      await setup.broker.send(rows)
      return { acknowledged: rows.map(({ id }) => id), unpublishable: [] }
    },
  }),
})
