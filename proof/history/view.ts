import type { Disturbances } from './disturbances.ts'
import type { EventOf, HistoryEvent } from './event.ts'
import type { ScenarioPlan } from './plan.ts'

/**
 * One scenario's history, indexed for the predicates of its kind of subject; what all kinds have in common.
 *
 * A view follows its history: it takes events one by one and says, at any moment, what is known so far. What needs an
 * order is settled when it is read, and only for what is new. However a history is handed over, at once or with looks
 * in between, the view says the same of it.
 */
export interface View {
  readonly events: readonly HistoryEvent[]
  readonly plan: ScenarioPlan
  /** What was done to the system. */
  readonly disturbances: Disturbances
  readonly end: EventOf<'scenario.end'> | undefined
  /** Takes the next event of the history. */
  add(event: HistoryEvent): void
}

/** A view that has taken these events. */
export function fed<V extends View>(view: V, events: readonly HistoryEvent[]): V {
  for (const event of events) view.add(event)
  return view
}
