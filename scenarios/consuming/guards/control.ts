import { type Guard, isControlRun, metUnless } from '../../../proof/guards/guard.ts'
import type { EventOf, Phase } from '../../../proof/history/event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { handledAt, placedAt } from './outcome.ts'

/** Guard 7: the same load without faults was handled, before the first fault and after the last. */
export const control: Guard<ConsumerView> = {
  id: 'control',
  title: 'steady without faults, before and after',
  otherwise: 'INCONCLUSIVE',
  look(evidence) {
    const { view } = evidence
    if (isControlRun(evidence)) {
      const open = view.consumed.filter((event) => handledAt(event, view) === undefined).length
      return metUnless(
        open === 0 ? [] : [`${open} events came to no end`],
        'a control run: every event was handled',
      )
    }
    const before = flow(view, 'control-before', view.disturbances.began)
    const after = flow(view, 'control-after', Number.POSITIVE_INFINITY)
    return metUnless(
      [before.missing, after.missing].filter((reason) => reason !== undefined),
      `${before.events} events before the first fault, ${after.events} after the last, all handled`,
    )
  },
}

/** Events placed in the phase, each handled before `limit`. */
function flow(view: ConsumerView, phase: Phase, limit: number): { events: number; missing?: string } {
  const marker = view.phase(phase)
  if (marker === undefined) return { events: 0, missing: `there was no ${phase} phase` }
  const end = nextPhase(view, marker)
  let events = 0
  let open = 0
  for (const event of view.consumed) {
    const placed = placedAt(event)
    if (placed === undefined || placed < marker.seq || placed >= end) continue
    events++
    if ((handledAt(event, view) ?? Number.POSITIVE_INFINITY) >= limit) open++
  }
  if (events === 0) return { events, missing: `no event was placed in ${phase}` }
  return open === 0
    ? { events }
    : { events, missing: `${open} of ${events} events of ${phase} were not handled in it` }
}

function nextPhase(view: ConsumerView, marker: EventOf<'phase'>): number {
  return (
    view.phases.find(({ seq, phase }) => seq > marker.seq && phase !== marker.phase)?.seq ??
    Number.POSITIVE_INFINITY
  )
}
