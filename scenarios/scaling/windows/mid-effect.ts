import { commitPast, effectsOf, markedInput, waitingFor } from '../../consuming/windows/marked-input.ts'
import { window } from '../window.ts'
import { scalingOf } from './scaling-of.ts'

/** Milliseconds in which the database has noticed that a pod was killed. A pod that was only told to stop waits as long. */
const ROLLED_BACK = 2_000

/**
 * W24a: a pod is in the middle of an effect.
 *
 * The effect gate holds the pod's COMMIT in the server; the fault then kills the pod, or tells it to stop. A pod that is killed may not have
 * sent its COMMIT yet: it is rolled back. Only few events wait, so that one pod runs and there is no doubt which one it is.
 */
export const midEffect = window({
  id: 'W24a',
  phrase: 'a pod is in the middle of an effect',
  title: 'a pod is in the middle of an effect',
  held: 'effect gate, then the pod killed, told to stop, evicted, emptied from its node, or out of memory',
  shown: 'a backend waited at the gate when its pod was hit',
  needs: { capabilities: ['create-trigger'] },
  faults: [],
  gates: ['effect'],
  alone: true,
  async enter(testbed) {
    // A pod that was killed before would come back later and later.
    if (testbed.trial > 1) await testbed.atZero()
    await testbed.gate()
    await testbed.put(testbed.scaling.activationLagThreshold + 1)
    await testbed.waitAtGate()
  },
  entered(trial) {
    const input = markedInput(trial)
    const waiting = input && waitingFor(trial, input, scalingOf(trial)?.consumer)
    const fault = trial.first('fault.took-effect', ({ seq }) => waiting !== undefined && seq > waiting.seq)
    if (!input || !waiting || !fault) return undefined
    const [effect] = effectsOf(trial, input, scalingOf(trial)?.consumer)
    const commit = commitPast(trial, input, scalingOf(trial)?.consumer)
    if ((effect && effect.seq < fault.seq) || (commit && commit.seq < fault.seq)) return undefined
    return {
      grade: 'A',
      says: `backend ${waiting.pid} stood in the COMMIT of the effect of offset ${input.offset} when pod ${fault.target} was hit`,
      events: [input.seq, waiting.seq, fault.seq],
    }
  },
  release: (testbed) => testbed.openGate(ROLLED_BACK),
})
