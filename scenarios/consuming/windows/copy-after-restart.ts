import { window } from '../window.ts'
import { copiesDone, copiesHandled, handled, putCopies } from './copies.ts'
import { markedInputs } from './marked-input.ts'

/** W18: an event comes again after its consumer was restarted: what was only in memory is gone. */
export const copyAfterRestart = window({
  id: 'W18-restart',
  phrase: 'an event comes again after a restart',
  title: 'a copy comes after a restart',
  held: 'SIGTERM, start, copy',
  shown: 'a process was ready between the two; the group committed past each',
  needs: { capabilities: ['kill-service'] },
  faults: ['stop', 'copies'],
  async enter(testbed) {
    const prepared = testbed.prepare()
    await handled(testbed, await testbed.parts.inputs.put(prepared))
    await testbed.faults.stop(testbed.instance)
    await testbed.faults.startAgain(testbed.instance)
    await handled(testbed, ...(await putCopies(testbed, { of: prepared })))
  },
  entered(trial) {
    const inputs = markedInputs(trial)
    const [first, copy] = inputs
    const ready = trial.first('proc', ({ event, seq }) => event === 'ready' && seq > (first?.seq ?? seq))
    if (!first || !ready || copy?.event !== first.event || copy.seq < ready.seq) return undefined
    return copiesHandled(trial, inputs, `the second after ${ready.id} was started`)
  },
  release: copiesDone,
})
