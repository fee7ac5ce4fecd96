import type { Aside } from '../../../proof/finding.ts'
import { brokenCooldown } from './keda-cooldown.ts'
import type { Reading } from './replica-timeline.ts'
import type { ScalingView } from './scaling-view.ts'

/** A scale-in to zero that is KEDA's own mistake, and not the workload's: what it is called, and what shows it. */
export function kedaMistake(fall: Reading, view: ScalingView): Aside | undefined {
  return beforeItsCooldown(fall, view) ?? withoutCounting(fall, view)
}

function beforeItsCooldown(fall: Reading, view: ScalingView): Aside | undefined {
  const broken = brokenCooldown(fall, view)
  if (broken === undefined) return undefined
  const { deployment, cooldownPeriod } = view.plan.scaling
  const says = `KEDA scaled ${deployment} to zero ${(broken.after / 1000).toFixed(1)} s after the last activity that it had reported itself, and its cooldown is ${cooldownPeriod} s`
  return { name: 'keda-broke-cooldown', says, events: [broken.reported.seq, fall.seq] }
}

/**
 * KEDA answered no metric when it was last asked, more waited than may wait, and yet it scaled to zero. It must not: not
 * to know is not zero. It does where two of its loops build the scaler at once, as they do when a broker comes back: the
 * second closes the cache that the first one reads, and that one reports neither activity nor an error (KEDA 2.21,
 * pkg/scaling/scale_handler.go, getScalerState: ErrCacheClosed).
 *
 * A trigger that counts something else than the work answers with its number, and is not excused by this; nor is a
 * manifest whose `fallback` takes a failed count for no work.
 */
function withoutCounting(fall: Reading, view: ScalingView): Aside | undefined {
  const look = view.samples.findLast(({ seq }) => seq < fall.seq)
  const { deployment, activationLagThreshold } = view.plan.scaling
  if (look === undefined || look.metric !== null || look.lag <= activationLagThreshold) return undefined
  if (view.lint.some(({ rule }) => rule === 'fallback')) return undefined
  const says = `KEDA scaled ${deployment} to zero while ${look.lag} events waited which it could not count: it answered no metric`
  return { name: 'keda-scaled-uncounted', says, events: [look.seq, fall.seq] }
}
