import { until } from '../../../core/until.ts'
import { markedInput, waitingFor } from '../../consuming/windows/marked-input.ts'
import { longerThanCooldown } from './long-work.ts'
import type { ScalingLaboratory } from '../testbed/scaling-testbed.ts'
import { scalingOf } from './scaling-of.ts'
import type { ScalingWindow } from './scaling-window.ts'

/** The fact that KEDA saw work after a pod had begun with it. */
const SAW = 'scaler.saw-work'

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
    await seenWorking(lab)
    await lab.parts.faults.cutScaler()
    await lab.hold(longerThanCooldown(lab.scaling))
  },
  entered(trial) {
    const input = markedInput(trial)
    const waiting = input && waitingFor(trial, input)
    const seen = trial.first('fact', ({ name }) => name === SAW)
    const cut = trial.first('fault.armed', ({ fault }) => fault === 'link')
    const bite = trial.first('fault.bitten', ({ fault }) => fault === 'link')
    const cleared = trial.first('fault.cleared', ({ fault }) => fault === 'link')
    const opened = trial.first('gate.opened', ({ gate }) => gate === 'effect')
    const scaling = scalingOf(trial)
    if (!input || !waiting || !bite || !cleared || !opened || !scaling) return undefined
    if (!seen || !cut || seen.seq < waiting.seq || seen.seq > cut.seq) return undefined
    const length = cleared.at - bite.at
    if (waiting.seq > bite.seq || opened.seq < cleared.seq || length < longerThanCooldown(scaling))
      return undefined
    return {
      grade: 'B',
      says: `backend ${waiting.pid} stood in the COMMIT of the effect of offset ${input.offset} for the ${(length / 1000).toFixed(1)} s in which ${bite.evidence}, and ${scaling.cooldownPeriod} s are the cooldown`,
      events: [input.seq, waiting.seq, seen.seq, bite.seq, cleared.seq],
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

/**
 * What KEDA knew last must not be that nothing is to be done: it may be slow to act on that. Waits for a look of its own at
 * the work that goes on now. @throws {DeadlinePassed}
 */
async function seenWorking({ parts, scaling, waking, history }: ScalingLaboratory): Promise<void> {
  const since = Date.now()
  const { cluster, signal } = parts
  const lastSaw = () => cluster.of('ScaledObject').get(scaling.scaledObject)?.lastActiveTime
  const value = await until(
    () => {
      const at = String(lastSaw())
      return Date.parse(at) > since && at
    },
    {
      what: 'KEDA to see the work',
      seen: () => `it saw some at ${lastSaw()}`,
      deadline: waking,
      every: 50,
      signal,
    },
  )
  history.record({ kind: 'fact', name: SAW, subject: scaling.scaledObject, value })
}
