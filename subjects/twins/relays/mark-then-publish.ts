import { setTimeout as pause } from 'node:timers/promises'
import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'
import { log } from '../../reference/service/log.ts'
import { transaction } from '../../reference/service/transaction.ts'

// O8: marks and commits first, so that nothing is sent twice; what is not sent then is never sent.
const setup = relayFromEnvironment()
const { database, claim, mark, publish } = setup.steps

runRelay({
  ...setup,
  async moveBatch() {
    const rows = await transaction(database, async (tx) => {
      const claimed = await claim(tx)
      await mark(
        tx,
        claimed.map(({ id }) => id),
      )
      return claimed
    })
    let left = rows
    for (let attempt = 1; left.length > 0 && attempt <= 3; attempt++) {
      const { acknowledged } = await publish(left)
      left = left.filter(({ id }) => !acknowledged.includes(id))
      if (left.length > 0) await pause(100)
    }
    if (left.length > 0) log('could not be sent', { events: left.length })
    return rows.length
  },
})
