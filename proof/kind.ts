import type { Guard } from './guards/guard.ts'
import type { HistoryEvent } from './history/event.ts'
import type { ScenarioPlan } from './history/plan.ts'
import type { View } from './history/view.ts'
import type { ScenarioJudgement } from './judgement.ts'
import type { Mutation } from './mutation.ts'
import type { Predicate } from './predicate.ts'

/** How one kind of subject is judged: how its history is read, what is asked of it, and when silence means something. */
export interface Kind<P extends ScenarioPlan = ScenarioPlan, V extends View = View> {
  view(events: readonly HistoryEvent[], plan: P): V
  /** By predicate. */
  readonly predicates: ReadonlyMap<string, Predicate<V>>
  /** One mutation a predicate, by the predicate's predicate. */
  readonly mutations: ReadonlyMap<string, Mutation<V>>
  /** In the order in which their failure explains a verdict best. */
  readonly guards: readonly Guard<V>[]
  /** What was judged, and what it did. */
  subject(view: V): Pick<ScenarioJudgement, 'kind' | 'subject' | 'relay' | 'figures'>
}
