import { markedInput, waitingFor } from '../duplicate-tolerance/marked-input.ts'
import { longerThanCooldown } from './long-work.ts'
import { scalingOf } from './scaling-of.ts'
import type { ScalingWindow } from './scaling-window.ts'

/**
 * W24f: KEDA can not reach the broker for longer than the cooldown, while consumers work.
 *
 * Not to know how much waits is not to know that nothing does: replicas stay. KEDA decides nothing while it can not
 * make its client, whatever the fallback says; that this is so is what the window is for.
 */
export const cutOffAtWork: ScalingWindow = {
  id: 'W24f',
  title: 'the scaler is cut off from the broker while consumers work',
  needs: { capabilities: ['links', 'create-trigger'] },
  instruments: ['effect-gate', 'link'],
  alone: true,
  async arm(lab) {
    await lab.gate()
    for (let n = 0; n <= lab.scaling.activationLagThreshold; n++) await lab.putMarked()
    await lab.waitAtGate()
    await lab.parts.faults.cutScaler()
    await lab.hold(longerThanCooldown(lab.scaling))
  },
  entered(trial) {
    const input = markedInput(trial)
    const waiting = input && waitingFor(trial, input)
    const bite = trial.first('fault.bitten', ({ fault }) => fault === 'link')
    const cleared = trial.first('fault.cleared', ({ fault }) => fault === 'link')
    const opened = trial.first('gate.opened', ({ gate }) => gate === 'effect')
    const scaling = scalingOf(trial)
    if (!input || !waiting || !bite || !cleared || !opened || !scaling) return undefined
    const cut = cleared.at - bite.at
    if (waiting.seq > bite.seq || opened.seq < cleared.seq || cut < longerThanCooldown(scaling))
      return undefined
    return {
      grade: 'B',
      says: `backend ${waiting.pid} stood in the COMMIT of the effect of offset ${input.offset} for the ${(cut / 1000).toFixed(1)} s in which ${bite.evidence}, and ${scaling.cooldownPeriod} s are the cooldown`,
      events: [input.seq, waiting.seq, bite.seq, cleared.seq],
    }
  },
  async open(lab) {
    try {
      await lab.parts.faults.healScaler()
    } finally {
      await lab.openGate()
    }
  },
}
