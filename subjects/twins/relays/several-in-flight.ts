import { claim } from '../../reference/relay/claim.ts'
import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'
import { log, textOf } from '../../reference/service/log.ts'
import { transaction } from '../../reference/service/transaction.ts'
import { plainBroker } from '../plain-broker.ts'

// O21: every event is a send of its own with its own retries, many at a time and not idempotent.
const setup = relayFromEnvironment()
const broker = plainBroker({ producer: { retry: { retries: 20, initialRetryTime: 100, maxRetryTime: 800 } } })
const taken = new Set<string>()

runRelay({
  ...setup,
  async moveBatch() {
    const pending = await transaction(setup.database, (tx) => claim(tx, 1000))
    const fresh = pending.filter(({ id }) => !taken.has(id))
    for (const row of fresh) {
      taken.add(row.id)
      broker
        .send([row])
        .then(() => transaction(setup.database, (tx) => setup.steps.mark(tx, [row.id])))
        .catch((error) => {
          taken.delete(row.id)
          log('not published', { error: textOf(error) })
        })
    }
    return fresh.length
  },
})
