import { commitPast, effectsOf, markedInput, waitingFor } from '../../consuming/windows/marked-input.ts'
import type { ScalingWindow } from './scaling-window.ts'

/**
 * W24a: a pod is in the middle of an effect.
 *
 * The effect gate holds the pod's COMMIT in the server; the bite then kills the pod, or tells it to stop. Only few
 * events wait, so that one pod runs and there is no doubt which one it is.
 */
export const midEffect: ScalingWindow = {
  id: 'W24a',
  title: 'a pod is in the middle of an effect',
  needs: { capabilities: ['create-trigger'] },
  instruments: ['effect-gate'],
  alone: true,
  async arm(lab) {
    // A pod that was killed before would come back later and later.
    if (lab.trial > 1) await lab.atZero()
    await lab.gate()
    await lab.put(lab.scaling.activationLagThreshold + 1)
    await lab.waitAtGate()
  },
  entered(trial) {
    const input = markedInput(trial)
    const waiting = input && waitingFor(trial, input)
    const bite = trial.first('fault.bitten', ({ seq }) => waiting !== undefined && seq > waiting.seq)
    if (!input || !waiting || !bite) return undefined
    const [effect] = effectsOf(trial, input)
    const commit = commitPast(trial, input)
    if ((effect && effect.seq < bite.seq) || (commit && commit.seq < bite.seq)) return undefined
    return {
      grade: 'A',
      says: `backend ${waiting.pid} stood in the COMMIT of the effect of offset ${input.offset} when pod ${bite.target} was hit`,
      events: [input.seq, waiting.seq, bite.seq],
    }
  },
  open: (lab) => lab.openGate(),
}
