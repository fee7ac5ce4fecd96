import type { Disturbances } from './disturbances.ts'
import type { EventOf, HistoryEvent } from './event.ts'
import type { ScenarioPlan } from './plan.ts'

/** One scenario's history, indexed for the predicates of its kind of subject; what all kinds have in common. */
export interface View {
  readonly events: readonly HistoryEvent[]
  readonly plan: ScenarioPlan
  /** What was done to the system. */
  readonly disturbances: Disturbances
  readonly end: EventOf<'scenario.end'> | undefined
}
