import { type Guard, isControlRun, metUnless } from '../../../proof/guards/guard.ts'
import type { ScalingView } from '../view/scaling-view.ts'

/** The threshold was put to the test: exactly so many events waited for two polls, and nothing woke. */
export const threshold: Guard<ScalingView> = {
  id: 'threshold',
  title: 'exactly the activation threshold did not wake it',
  otherwise: 'VACUOUS',
  look(evidence) {
    const { view } = evidence
    const { activationLagThreshold, pollingInterval } = view.plan.scaling
    if (!isControlRun(evidence)) return { met: true, evidence: 'asked of the run without faults' }
    if (activationLagThreshold === 0) return { met: true, evidence: 'the threshold is 0: any event wakes it' }
    const longest = view.replicas.spans
      .filter(({ zero }) => zero)
      .reduce((most, { from, to }) => Math.max(most, waited(from.seq, to?.seq ?? view.lastSeq, view)), 0)
    const needed = 2 * pollingInterval * 1000
    const says = `${activationLagThreshold} events waited at zero for ${(longest / 1000).toFixed(1)} s`
    return metUnless(
      longest >= needed
        ? []
        : [
            `${says}, ${(needed / 1000).toFixed(1)} s are two polls: lower quick.pollingInterval of the workload, and let nobody but its pods be in the group`,
          ],
      says,
    )
  },
}

/** Milliseconds for which each look between two moments saw exactly the threshold. */
function waited(from: number, to: number, view: ScalingView): number {
  let since: number | undefined
  let longest = 0
  for (const { seq, at, lag } of view.samples) {
    if (seq < from || seq > to || lag !== view.plan.scaling.activationLagThreshold) since = undefined
    else {
      since ??= at
      longest = Math.max(longest, at - since)
    }
  }
  return longest
}
