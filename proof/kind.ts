import type { Checker } from './predicate.ts'
import type { Edit } from './mutation.ts'
import type { Guard } from './guards/guard.ts'
import type { HistoryEvent } from './history/event.ts'
import type { ScenarioPlan } from './history/plan.ts'
import type { View } from './history/view.ts'
import type { ScenarioJudgement } from './judgement.ts'

/** How one kind of subject is judged: how its history is read, what is asked of it, and when silence means something. */
export interface Jurisdiction<P extends ScenarioPlan = ScenarioPlan, V extends View = View> {
  view(events: readonly HistoryEvent[], plan: P): V
  /** By predicate. */
  readonly checkers: ReadonlyMap<string, Checker<V>>
  /** One edit a checker, by the checker's predicate. */
  readonly edits: ReadonlyMap<string, Edit<V>>
  /** In the order in which their failure explains a verdict best. */
  readonly guards: readonly Guard<V>[]
  /** What was judged, and what it did. */
  subject(view: V): Pick<ScenarioJudgement, 'kind' | 'subject' | 'relay' | 'figures'>
}
