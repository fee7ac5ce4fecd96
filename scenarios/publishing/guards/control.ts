import { type Guard, isControlRun, metUnless } from '../../../proof/guards/guard.ts'
import type { EventOf, Phase } from '../../../proof/history/event.ts'
import type { PublisherView } from '../view/publisher-view.ts'

/** Guard 7: the same load without faults was published, before the first fault and after the last. */
export const control: Guard<PublisherView> = {
  id: 'control',
  title: 'steady without faults, before and after',
  otherwise: 'INCONCLUSIVE',
  look(evidence) {
    const { view } = evidence
    if (isControlRun(evidence)) {
      const open = view.unpublished().length
      return metUnless(
        open === 0 ? [] : [`${open} events are not on the log`],
        'a control run: everything was published',
      )
    }
    const began = view.disturbances.began
    const before = flow(view, 'control-before', began)
    const after = flow(view, 'control-after', Number.POSITIVE_INFINITY)
    return metUnless(
      [before.missing, after.missing].filter((reason) => reason !== undefined),
      `${before.events} events before the first fault, ${after.events} after the last, all published`,
    )
  },
}

/** Events committed in the phase, each published before `limit`. */
function flow(view: PublisherView, phase: Phase, limit: number): { events: number; missing?: string } {
  const marker = view.phase(phase)
  if (marker === undefined) return { events: 0, missing: `there was no ${phase} phase` }
  const end = nextPhase(view, marker)
  let events = 0
  let open = 0
  for (const event of view.expectedEvents()) {
    const { seq } = event.tx.event
    if (seq < marker.seq || seq >= end || view.undeliverable(event)) continue
    events++
    if (!event.records.some(({ record }) => record.seq < limit)) open++
  }
  if (events === 0) return { events, missing: `no event was committed in ${phase}` }
  return open === 0
    ? { events }
    : { events, missing: `${open} of ${events} events of ${phase} were not published in it` }
}

function nextPhase(view: PublisherView, marker: EventOf<'phase'>): number {
  return (
    view.phases.find(({ seq, phase }) => seq > marker.seq && phase !== marker.phase)?.seq ??
    Number.POSITIVE_INFINITY
  )
}
