import { markedInput, waitingFor } from '../../consuming/windows/marked-input.ts'
import { window } from '../window.ts'
import { scalingOf } from './scaling-of.ts'

/**
 * W24d: an effect takes longer than the cooldown, with more events behind it than may wait at zero.
 *
 * Nothing is hurt. A consumer that commits before its work is done looks idle here, and is scaled to zero.
 */
export const longWork = window({
  id: 'W24d',
  phrase: 'work takes longer than it may be idle',
  title: 'work takes longer than the cooldown',
  held: 'effect gate, held for longer than cooldownPeriod',
  shown: 'a backend waited at the gate for longer than the cooldown',
  needs: { capabilities: ['create-trigger'] },
  faults: [],
  gates: ['effect'],
  alone: true,
  async enter(testbed) {
    await testbed.gate()
    for (let n = 0; n <= testbed.scaling.activationLagThreshold; n++) await testbed.putMarked()
    await testbed.waitAtGate()
    await testbed.hold(longerThanCooldown(testbed.scaling))
  },
  entered(trial) {
    const input = markedInput(trial)
    const waiting = input && waitingFor(trial, input, scalingOf(trial)?.consumer)
    const opened = trial.first('gate.opened', ({ gate }) => gate === 'effect')
    const scaling = scalingOf(trial)
    if (!input || !waiting || !opened || !scaling) return undefined
    const held = opened.at - waiting.at
    if (held < longerThanCooldown(scaling)) return undefined
    return {
      grade: 'A',
      says: `backend ${waiting.pid} stood in the COMMIT of the effect of offset ${input.offset} for ${(held / 1000).toFixed(1)} s, and ${scaling.cooldownPeriod} s are the cooldown`,
      events: [input.seq, waiting.seq, opened.seq],
    }
  },
  release: (testbed) => testbed.openGate(),
})

/** Milliseconds in which KEDA scales to zero what it takes to be idle. */
export function longerThanCooldown(scaling: {
  readonly cooldownPeriod: number
  readonly pollingInterval: number
}): number {
  return 1000 * (scaling.cooldownPeriod + 2 * scaling.pollingInterval) + 1000
}
