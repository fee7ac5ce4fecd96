import { type Guard, metUnless } from '../../../proof/guards/guard.ts'
import type { HistoryEvent } from '../../../proof/history/event.ts'
import { movedBetween } from '../predicates/ownership.ts'
import type { ConsumerView } from '../view/consumer-view.ts'

/** The fact that somebody came to an event at which another one stood. */
export const REACHED = 'effect.reached'
/** Windows that are about a rebalance: a zombie, a poll that comes too late, a copy after a rebalance, a rolling restart. */
const REBALANCING = /^(W16|W17|W18-rebalance|rolling-restart)$/
/** Windows in which a member and its successor are at the same event. */
const BOTH = /^(W16|W17)$/

/**
 * Guard 4: where a window is about a rebalance, there was one: the generation rose, a partition changed hands, and where
 * two members are to be at one event both have been.
 */
export const rebalance: Guard<ConsumerView> = {
  id: 'rebalance',
  title: 'the group was rebalanced',
  otherwise: 'VACUOUS',
  look({ view }) {
    if (!view.plan.windows.some((window) => REBALANCING.test(window)))
      return { met: true, evidence: 'no window is about a rebalance' }
    const { generations } = view.group
    const { began } = view.disturbances
    const since = generations.filter(({ seq }) => seq > began)
    const before = generations.findLast(({ seq }) => seq <= began)
    const rose = (since.at(-1)?.generation ?? 0) > (before?.generation ?? Number.POSITIVE_INFINITY)
    const moves = movedBetween(view, began, Number.POSITIVE_INFINITY)
    const moved = new Set(moves.map(({ partition }) => partition))
    return metUnless(
      [
        ...(rose ? [] : ['the generation of the group did not rise while faults were there']),
        ...(moved.size > 0 ? [] : ['no partition changed hands']),
        ...(!view.plan.windows.some((window) => BOTH.test(window)) || view.events.some(isReached)
          ? []
          : ['nobody came to the event at which another member stood']),
      ],
      `generation ${before?.generation} became ${since.at(-1)?.generation}, ${moved.size} partitions changed hands`,
    )
  },
}

function isReached(event: HistoryEvent): boolean {
  return event.kind === 'fact' && event.name === REACHED
}
