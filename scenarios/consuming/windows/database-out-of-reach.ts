import { CUT_FROM_DATABASE } from '../../../faults/testbed-faults.ts'
import { window } from '../window.ts'
import { livedThrough, OUTAGE } from './out-of-reach.ts'

/** The database is out of reach for longer than clients try again by themselves, then it is back. Nobody dies. */
export const databaseOutOfReach = window({
  id: 'database-out-of-reach',
  phrase: 'the database is out of reach for a while',
  title: 'the database is out of reach for a while',
  held: `connections of all instances to the database end and are refused for ${OUTAGE / 1000} s`,
  shown: 'connections were ended; events that came meanwhile had no effect before it was back',
  needs: { capabilities: ['create-trigger'] },
  faults: [CUT_FROM_DATABASE.name],
  once: true,
  async enter(testbed) {
    const { doors } = testbed.parts
    await testbed.faults.inject(
      CUT_FROM_DATABASE.name,
      'service→postgres',
      'cut: connections are refused and ended',
      async () => {
        const ended = await Promise.all(doors.map((door) => door.cut()))
        const count = ended.reduce((sum, each) => sum + each, 0)
        return count === 0
          ? undefined
          : `${count} connections to the database were ended, and no new ones taken`
      },
    )
    await testbed.hold(OUTAGE)
  },
  entered: (trial) => livedThrough(trial, CUT_FROM_DATABASE.name),
  async release(testbed) {
    await testbed.faults.heal(CUT_FROM_DATABASE.name, 'service→postgres', async () => {
      await Promise.all(testbed.parts.doors.map((door) => door.heal()))
      return true
    })
  },
})
