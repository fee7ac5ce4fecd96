import { window } from '../window.ts'
import { committed } from './marked.ts'

/** W12: the connector loses its stream or its task while changes flow: another backend holds its slot afterwards. */
export const streamInterrupted = window({
  id: 'W12',
  phrase: 'changes are streamed',
  title: 'the connector’s stream is interrupted mid-way',
  held: 'connector restarted through REST, or its walsender ended',
  shown: 'another backend serves the slot afterwards',
  needs: { capabilities: ['debezium'] },
  faults: [],
  async enter(testbed) {
    await testbed.load.place(testbed.markedKey)
  },
  entered(trial) {
    const fault = trial.first('fault.took-effect')
    const tx = committed(trial)
    const [before, ...later] = trial.facts('slot.holder')
    const after = later.find(({ value }) => value !== before?.value)
    if (!fault || !tx || !before || !after || after.seq < fault.seq) return undefined
    return {
      grade: 'A',
      says: `backend ${before.value} held the slot before and backend ${after.value} after, while changes were committed`,
      events: [tx.seq, before.seq, fault.seq, after.seq],
    }
  },
  async release(testbed) {
    await testbed.load.place(testbed.markedKey)
  },
})
