import { claim } from '../../reference/relay/claim.ts'
import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'
import { transaction } from '../../reference/service/transaction.ts'

// B1: marks in a transaction of its own; dying in between sends a batch again, each event as it was.
const setup = relayFromEnvironment()
const { database, publish, mark, park } = setup.steps

runRelay({
  ...setup,
  async moveBatch() {
    const rows = await transaction(database, (tx) => claim(tx, 100))
    if (rows.length === 0) return 0
    const { acknowledged, unpublishable, failure } = await publish(rows)
    await transaction(database, async (tx) => {
      await mark(tx, acknowledged)
      for (const { id, reason } of unpublishable) await park(tx, id, reason)
    })
    if (failure !== undefined) throw failure
    return rows.length
  },
})
