import { type Guard, isControlRun, metUnless } from '../../../proof/guards/guard.ts'
import { scalingFigures } from '../view/scaling-figures.ts'
import type { ScalingView } from '../view/scaling-view.ts'

/** Guard 2: enough events, published at zero, of which some took effect; and enough to ask for more than one replica, where the load is that large. */
export const load: Guard<ScalingView> = {
  id: 'load',
  title: 'enough events came, and came at zero',
  otherwise: 'VACUOUS',
  look(evidence) {
    const { view } = evidence
    const { plan, work } = view
    const { lagThreshold, partitions, maxReplicas } = plan.scaling
    const asleep = view.publishedAtZero().length
    const effects = work.all.filter((each) => each.effects.length > 0).length
    const { maxReplicas: most } = scalingFigures(view)
    const peak = view.lag.peak(0, Number.POSITIVE_INFINITY)
    const missing: string[] = []
    if (work.all.length < plan.bounds.events)
      missing.push(`${work.all.length} of ${plan.bounds.events} events`)
    if (asleep === 0) missing.push('no event was published at zero')
    if (effects === 0) missing.push('no event took effect')
    // The load decides what must be seen: below two thresholds one replica is right.
    const wanted = plan.bounds.events >= 2 * lagThreshold && Math.min(partitions, maxReplicas) > 1
    if (wanted && most < 2) missing.push(`it never ran more than ${most} replica`)
    let flow = ''
    const { began, allHealed } = view.disturbances
    // A window without a fault or a gate asks for nothing in flight.
    if (!isControlRun(evidence) && Number.isFinite(began)) {
      const end = allHealed?.seq ?? Number.POSITIVE_INFINITY
      const during = work.all.filter(
        ({ input, effects: [first] }) => input.seq < end && (first?.seq ?? Number.POSITIVE_INFINITY) > began,
      ).length
      const after = work.all.filter(({ effects: [first] }) => (first?.seq ?? 0) > end).length
      if (during === 0) missing.push('no event was in flight while a fault was there')
      if (after === 0) missing.push('no event took effect after the faults')
      flow = `, ${during} in flight while faults were there, ${after} took effect after them`
    }
    return metUnless(
      missing,
      `${work.all.length} events, ${asleep} of them at zero, ${effects} took effect; up to ${peak} waited for up to ${most} replicas${flow}`,
    )
  },
}
