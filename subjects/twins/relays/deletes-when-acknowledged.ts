import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'

// B42: a row is deleted when the broker has acknowledged its event, in the transaction that claimed it.
const setup = relayFromEnvironment()

runRelay({
  ...setup,
  moveBatch: setup.withSteps({
    mark: async (tx, ids) => {
      if (ids.length > 0) await tx.query('DELETE FROM outbox_events WHERE id = ANY ($1::uuid[])', [ids])
    },
  }),
})
