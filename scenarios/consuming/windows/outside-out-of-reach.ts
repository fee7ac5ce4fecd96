import { OUTSIDE_DOWN } from '../../../faults/testbed-faults.ts'
import type { EventOf } from '../../../proof/history/event.ts'
import { window } from '../window.ts'
import { OUTAGE } from './out-of-reach.ts'

const UNAVAILABLE = 503

/** What the service calls answers 503 to every call for longer than clients try again by themselves, then it is back. */
export const outsideOutOfReach = window({
  id: 'outside-out-of-reach',
  phrase: 'what it calls is unavailable for a while',
  title: 'what it calls is unavailable for a while',
  held: `the stub for outside calls answers ${UNAVAILABLE} to every call for ${OUTAGE / 1000} s`,
  shown: 'calls were refused, and calls that came later were not',
  needs: { capabilities: ['create-trigger'] },
  faults: [OUTSIDE_DOWN.name],
  once: true,
  async enter(testbed) {
    const { stub } = testbed.parts
    const calls = () =>
      testbed.history.all('call').filter(({ seq, status }) => seq > testbed.trialBegan && status >= 400)
    await testbed.faults.inject(
      OUTSIDE_DOWN,
      'outside',
      `every call is answered ${UNAVAILABLE}`,
      async () => {
        stub.refuseCalls(UNAVAILABLE)
        await testbed.patience.until('a call that is refused', () => calls().length > 0)
        return `calls were answered ${UNAVAILABLE}`
      },
    )
    await testbed.hold(OUTAGE)
  },
  entered(trial) {
    const calls = trial.events.filter((event): event is EventOf<'call'> => event.kind === 'call')
    const refused = calls.filter(({ status }) => status >= 400)
    const last = refused.at(-1)
    const after = calls.find(({ seq, status }) => status < 400 && seq > (last?.seq ?? seq))
    if (!last || !after) return undefined
    return {
      grade: 'A',
      says: `${refused.length} calls were refused, and those after them were not`,
      events: [last.seq, after.seq],
    }
  },
  async release(testbed) {
    await testbed.faults.heal(OUTSIDE_DOWN.name, 'outside', async () => {
      testbed.parts.stub.takeCalls()
      return true
    })
  },
})
