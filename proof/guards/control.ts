import type { Phase } from '../history/event.ts'
import type { View } from '../history/view.ts'
import type { Flow } from './flow.ts'
import { type Guard, isControlRun, metUnless } from './guard.ts'

/** Guard 7: the same load came to its end without faults, before the first fault and after the last. */
export function control<V extends View>(flow: Flow<V>): Guard<V> {
  const { done } = flow
  return {
    id: 'control',
    title: 'steady without faults, before and after',
    otherwise: 'INCONCLUSIVE',
    look(evidence) {
      const { view } = evidence
      if (isControlRun(evidence)) {
        const open = flow.open(view)
        return metUnless(
          open === 0 ? [] : [`${open} events were not ${done}${remedyOf(flow)}`],
          `a control run: every event was ${done}`,
        )
      }
      const before = steady(flow, view, 'control-before', view.disturbances.began)
      const after = steady(flow, view, 'control-after', Number.POSITIVE_INFINITY)
      return metUnless(
        [before.missing, after.missing].filter((reason) => reason !== undefined),
        `${before.events} events before the first fault, ${after.events} after the last, all ${done}`,
      )
    },
  }
}

/** Events placed in the phase, each done before `limit`. */
function steady<V extends View>(
  flow: Flow<V>,
  view: V,
  phase: Phase,
  limit: number,
): { readonly events: number; readonly missing?: string } {
  const span = spanOf(phase, view)
  if (span === undefined) return { events: 0, missing: `there was no ${phase} phase` }
  const [from, to] = span
  const lives = flow
    .lives(view)
    .filter(({ placed = 0, excused }) => placed >= from && placed < to && excused !== true)
  const events = lives.length
  if (events === 0) return { events, missing: `no event was ${flow.placed} in ${phase}` }
  const open = lives.filter(({ done = Number.POSITIVE_INFINITY }) => done >= limit).length
  return open === 0
    ? { events }
    : {
        events,
        missing: `${open} of ${events} events of ${phase} were not ${flow.done} in it${remedyOf(flow)}`,
      }
}

function remedyOf<V extends View>({ slow }: Flow<V>): string {
  return slow === undefined ? '' : `: ${slow}`
}

/** `seq` from the first marker of a phase to that of the next phase. */
function spanOf(phase: Phase, { events }: View): readonly [from: number, to: number] | undefined {
  const phases = events.filter((event) => event.kind === 'phase')
  const marker = phases.find((event) => event.phase === phase)
  if (marker === undefined) return undefined
  const next = phases.find(({ seq, phase: other }) => seq > marker.seq && other !== phase)
  return [marker.seq, next?.seq ?? Number.POSITIVE_INFINITY]
}
