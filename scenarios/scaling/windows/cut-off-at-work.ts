import { until } from '../../../core/until.ts'
import { markedInput, waitingFor } from '../../consuming/windows/marked-input.ts'
import type { ScalingTestbed } from '../testbed/scaling-testbed.ts'
import { window } from '../window.ts'
import { longerThanCooldown } from './long-work.ts'
import { scalingOf } from './scaling-of.ts'

declare module '../../../proof/history/fact.ts' {
  interface Facts {
    /** When KEDA saw work after a pod had begun with it. */
    'scaler.saw-work': string
  }
}

/**
 * W24f: KEDA can not reach the broker for longer than the cooldown, while consumers work.
 *
 * Not to know how much waits is not to know that nothing does: replicas stay. KEDA decides nothing while it can not
 * make its client, whatever the fallback says; that this is so is what the window is for.
 */
export const cutOffAtWork = window({
  id: 'W24f',
  phrase: 'the scaler is cut off while consumers work',
  title: 'the scaler is cut off from the broker while consumers work',
  held: 'effect gate, then KEDA’s own link to the broker is cut for longer than cooldownPeriod',
  shown:
    'a backend waited at the gate from before the cut until after it, and KEDA saw the work (`lastActiveTime`) before it was cut off',
  needs: { capabilities: ['links', 'reached-by-pods', 'create-trigger'] },
  faults: ['link'],
  gates: ['effect'],
  alone: true,
  async enter(testbed) {
    await testbed.gate()
    for (let n = 0; n <= testbed.scaling.activationLagThreshold; n++) await testbed.putMarked()
    await testbed.waitAtGate()
    await seenWorking(testbed)
    await testbed.parts.clusterFaults.cutScaler()
    await testbed.hold(longerThanCooldown(testbed.scaling))
  },
  entered(trial) {
    const input = markedInput(trial)
    const waiting = input && waitingFor(trial, input, scalingOf(trial)?.consumer)
    const [seen] = trial.facts('scaler.saw-work')
    const cut = trial.first('fault.injected', ({ fault }) => fault === 'link')
    const fault = trial.first('fault.took-effect', ({ fault }) => fault === 'link')
    const cleared = trial.first('fault.healed', ({ fault }) => fault === 'link')
    const opened = trial.first('gate.opened', ({ gate }) => gate === 'effect')
    const scaling = scalingOf(trial)
    if (!input || !waiting || !fault || !cleared || !opened || !scaling) return undefined
    if (!seen || !cut || seen.seq < waiting.seq || seen.seq > cut.seq) return undefined
    const length = cleared.at - fault.at
    if (waiting.seq > fault.seq || opened.seq < cleared.seq || length < longerThanCooldown(scaling))
      return undefined
    return {
      grade: 'B',
      says: `backend ${waiting.pid} stood in the COMMIT of the effect of offset ${input.offset} for the ${(length / 1000).toFixed(1)} s in which ${fault.evidence}, and ${scaling.cooldownPeriod} s are the cooldown`,
      events: [input.seq, waiting.seq, seen.seq, fault.seq, cleared.seq],
    }
  },
  async release(testbed) {
    try {
      await testbed.parts.clusterFaults.healScaler()
    } finally {
      await testbed.openGate()
    }
  },
})

/**
 * What KEDA knew last must not be that nothing is to be done: it may be slow to act on that. Waits for two reports of
 * KEDA that it saw the work which goes on now: a poll decides by the object that it began with, so that the first report
 * may not be known to the next decision. @throws {DeadlinePassed}
 */
async function seenWorking({ parts, scaling, waking, history }: ScalingTestbed): Promise<void> {
  const since = Date.now()
  const { cluster, signal } = parts
  const lastSaw = () => cluster.of('ScaledObject').get(scaling.scaledObject)?.lastActiveTime
  const reports = new Set<string>()
  const value = await until(
    () => {
      const at = String(lastSaw())
      if (Date.parse(at) > since) reports.add(at)
      return reports.size > 1 && at
    },
    {
      what: 'KEDA to report twice that it sees the work',
      seen: () => `it saw some at ${lastSaw()}`,
      deadline: waking,
      every: 50,
      signal,
    },
  )
  history.record({ kind: 'fact', name: 'scaler.saw-work', subject: scaling.scaledObject, value })
}
