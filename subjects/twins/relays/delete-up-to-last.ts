import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'
import { transaction } from '../../reference/service/transaction.ts'

// O9: cleans up, one round later, everything up to the highest number that it has published.
const setup = relayFromEnvironment()
const { database, claim, publish } = setup.steps
let last = '0'

runRelay({
  ...setup,
  moveBatch: () =>
    transaction(database, async (tx) => {
      await tx.query('DELETE FROM outbox_events WHERE sequence <= $1', [last])
      const rows = await claim(tx)
      if (rows.length === 0) return 0
      const { acknowledged, failure } = await publish(rows)
      if (failure !== undefined) throw failure
      const { rows: highest } = await tx.query<{ last: string }>(
        'SELECT max(sequence) AS last FROM outbox_events WHERE id = ANY ($1::uuid[])',
        [acknowledged],
      )
      last = highest[0]?.last ?? last
      return rows.length
    }),
})
