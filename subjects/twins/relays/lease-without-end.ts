import { claim } from '../../reference/relay/claim.ts'
import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'
import { transaction } from '../../reference/service/transaction.ts'

// O22: takes a lease on each event and never gives it back unless it succeeds.
const setup = relayFromEnvironment()
const { database, publish, mark } = setup.steps

runRelay({
  ...setup,
  async moveBatch() {
    const leased = await transaction(database, async (tx) => {
      const rows = await claim(tx, 1000)
      const { rows: mine } = await tx.query<{ event_id: string }>(
        `INSERT INTO outbox_leases (event_id) SELECT unnest($1::uuid[])
         ON CONFLICT DO NOTHING RETURNING event_id`,
        [rows.map(({ id }) => id)],
      )
      const ids = new Set(mine.map(({ event_id }) => event_id))
      return rows.filter(({ id }) => ids.has(id))
    })
    if (leased.length === 0) return 0
    const { acknowledged, failure } = await publish(leased)
    await transaction(database, (tx) => mark(tx, acknowledged))
    if (failure !== undefined) throw failure
    return leased.length
  },
})
