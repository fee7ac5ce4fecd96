import { markedInput, waitingFor } from '../../consuming/windows/marked-input.ts'
import { window } from '../window.ts'
import { scalingOf } from './scaling-of.ts'

declare module '../../../proof/history/fact.ts' {
  interface Facts {
    /** In the API server's words, why a pod was not evicted. */
    'eviction.refused': string
  }
}

/**
 * W24g: a PodDisruptionBudget lets no pod go, and one is in the middle of an effect.
 *
 * Who empties a node is refused for as long as the work lasts. A scaler asks no budget: when the work is done, the last
 * pod goes all the same.
 */
export const budgetHolds = window({
  id: 'W24g',
  phrase: 'a disruption budget keeps the pod at its work',
  title: 'a disruption budget lets no pod go while one works',
  held: 'effect gate, and a PodDisruptionBudget with maxUnavailable 0',
  shown: 'a backend waited at the gate when the Eviction API refused its pod for the budget',
  needs: { capabilities: ['create-trigger', 'evict-pod'] },
  faults: [],
  gates: ['effect'],
  alone: true,
  once: true,
  async enter(testbed) {
    await testbed.gate()
    await testbed.put(testbed.scaling.activationLagThreshold + 1)
    await testbed.waitAtGate()
    await testbed.pod.keepByBudget()
  },
  entered(trial) {
    const scaling = scalingOf(trial)
    const input = markedInput(trial)
    const waiting = input && waitingFor(trial, input, scaling?.consumer)
    const [refused] = trial.facts('eviction.refused')
    const opened = trial.first('gate.opened', ({ gate }) => gate === 'effect')
    if (!input || !waiting || !refused || !opened) return undefined
    if (refused.seq < waiting.seq || refused.seq > opened.seq) return undefined
    return {
      grade: 'A',
      says: `pod ${refused.subject} was refused to be evicted (${refused.value}) while backend ${waiting.pid} stood in the COMMIT of the effect of offset ${input.offset}`,
      events: [input.seq, waiting.seq, refused.seq, opened.seq],
    }
  },
  release: (testbed) => testbed.openGate(),
})
