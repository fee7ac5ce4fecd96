import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'
import { log, textOf } from '../../reference/service/log.ts'

// O41: a row that fails stays, and the next row of its key goes before it.
const setup = relayFromEnvironment()

runRelay({
  ...setup,
  moveBatch: setup.withSteps({
    async publish(rows, stillHere = async () => {}) {
      const acknowledged: string[] = []
      for (const row of rows) {
        await stillHere()
        await setup.broker.send([row]).then(
          () => acknowledged.push(row.id),
          (error) => log('a row is tried again later', { id: row.id, error: textOf(error) }),
        )
      }
      return { acknowledged, unpublishable: [] }
    },
  }),
})
