import { REFUSED_STATEMENT } from '../../../faults/testbed-faults.ts'
import { markedKey } from '../../marked-key.ts'
import { window } from '../window.ts'

/** Commands on the aggregate while its rows are refused. */
const COMMANDS = 3

/**
 * The outbox takes no row of an aggregate: once (odd trials), or as long as the window is open (even ones). The service
 * lives through it: what it does with the error is its own affair, but an order without its event must not be
 * committed.
 */
export const outboxRefused = window({
  id: 'outbox-refused',
  phrase: 'the outbox takes no event of an order',
  title: 'the outbox refuses an event',
  held: 'a trigger refuses the outbox rows of an aggregate (disk_full): one of them (odd trials), or all (even ones)',
  shown: 'inserts into the outbox were refused while commands came',
  needs: { capabilities: ['create-trigger'] },
  faults: [REFUSED_STATEMENT.name],
  async enter(testbed) {
    const { gates, load, markedKey: key, trial } = testbed
    const once = trial % 2 === 1
    const effect = once ? 'one row of the outbox is refused' : 'rows of the outbox are refused'
    await testbed.faults.inject(REFUSED_STATEMENT, key, effect, async () => {
      await gates.spoil(key, once ? 'refused-once' : 'refused')
      const statuses: number[] = []
      for (let n = 0; n < COMMANDS; n++) statuses.push((await load.place(key)).answer.status)
      const count = await gates.refusals()
      if (count === 0) return undefined
      return `${once ? 1 : count} inserts into the outbox were refused; the service answered ${statuses.join(', ')}`
    })
  },
  entered(trial) {
    const refused = trial.first(
      'fault.took-effect',
      ({ fault, target }) => fault === REFUSED_STATEMENT.name && target === markedKey(trial),
    )
    return refused && { grade: 'A', says: refused.evidence, events: [refused.seq] }
  },
  async release(testbed) {
    await testbed.faults.heal(REFUSED_STATEMENT.name, testbed.markedKey, async () => {
      await testbed.gates.unspoil(testbed.markedKey)
      return true
    })
  },
})
