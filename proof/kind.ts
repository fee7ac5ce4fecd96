import type { AntiPattern } from './anti-pattern.ts'
import type { Figures } from './figures.ts'
import type { Guard } from './guards/guard.ts'
import type { HistoryEvent } from './history/event.ts'
import type { ScenarioPlan } from './history/plan.ts'
import { fed, type View } from './history/view.ts'
import { judgeAs } from './judged-view.ts'
import type { ScenarioJudgement } from './judgement.ts'
import type { Observation } from './observation.ts'
import type { Predicate, PredicateWords } from './predicate.ts'
import type { JudgedWindow } from './window.ts'

/** How one kind of subject is judged: how its history is read, what is asked of it, and when silence means something. */
export interface Judging<P extends ScenarioPlan, V extends View> {
  /** The name of its room; each of its plans carries it. */
  readonly id: string
  isPlan(plan: ScenarioPlan): plan is P
  /** Of a history that begins: it is to take its events. */
  view(plan: P): V
  isView(view: View): view is V
  readonly predicates: readonly Predicate<V>[]
  /**
   * Letters of ids, in the order in which a violation explains a scenario best; predicates of other families come
   * last. A cause comes before what it leads to.
   */
  readonly families: readonly string[]
  readonly windows: readonly JudgedWindow<V>[]
  /** In the order in which their failure explains a verdict best. */
  readonly guards: readonly Guard<V>[]
  /** What was judged, and what it did. */
  subject(view: V): Pick<ScenarioJudgement, 'subject' | 'relay' | 'figures'>
  /** Those that it is looked for; what `observe` looks for is among them. */
  readonly antiPatterns?: readonly AntiPattern[]
  observe?(view: V): Observation
  /** What a scenario did not show of a control that is measured; undefined where it showed something. */
  unmeasured?(control: string, figures: Figures): string | undefined
  /** Whether a control can be asked of a subject that counted this. Without it each control can. */
  concerns?(control: string, figures: Figures): boolean
}

/** A kind of subject as all else looks it up: nothing outside its room knows its plan or its view. */
export interface Kind {
  readonly id: string
  /** By id, in the order in which plans name them. */
  readonly predicates: ReadonlyMap<string, PredicateWords>
  readonly windows: ReadonlyMap<string, JudgedWindow>
  readonly antiPatterns: readonly AntiPattern[]
  /** An empty view for a history of this plan. @throws where the plan is of another kind */
  view(plan: ScenarioPlan): View
  /** @param view one of this kind, that has taken its history @throws where it is of another kind */
  judge(view: View): ScenarioJudgement
  /** As {@link Judging} has them. */
  unmeasured(control: string, figures: Figures): string | undefined
  concerns(control: string, figures: Figures): boolean
}

export type Kinds = ReadonlyMap<string, Kind>

export function kindOf<P extends ScenarioPlan, V extends View & { readonly plan: P }>(
  judging: Judging<P, V>,
): Kind {
  const { id, guards } = judging
  const predicates = new Map(inOrder(judging).map((predicate) => [predicate.id, predicate]))
  const windows = new Map(judging.windows.map((window) => [window.id, window]))
  return {
    id,
    predicates,
    windows,
    antiPatterns: judging.antiPatterns ?? [],
    view(plan) {
      if (!judging.isPlan(plan)) throw new Error(`a plan of kind ${plan.kind} is not for ${id}`)
      return judging.view(plan)
    },
    judge(view) {
      if (!judging.isView(view)) throw new Error(`a view of kind ${view.plan.kind} is not for ${id}`)
      const open = (of: readonly HistoryEvent[]) => fed(judging.view(view.plan), of)
      const subject = (of: V) => judging.subject(of)
      const judgement = judgeAs({ id, predicates, windows, guards, subject, open }, view)
      return judging.observe === undefined ? judgement : { ...judgement, observation: judging.observe(view) }
    },
    unmeasured: (control, figures) => judging.unmeasured?.(control, figures),
    concerns: (control, figures) => judging.concerns?.(control, figures) ?? true,
  }
}

/** By family, and within one by number. */
function inOrder<V>({
  predicates,
  families,
}: {
  readonly predicates: readonly Predicate<V>[]
  readonly families: readonly string[]
}): Predicate<V>[] {
  const rank = (id: string) => {
    const family = families.indexOf(/^[A-Z]+/.exec(id)?.[0] ?? '')
    return family < 0 ? families.length : family
  }
  const number = (id: string) => Number(/\d+/.exec(id)?.[0] ?? 0)
  return [...predicates].sort(
    (a, b) => rank(a.id) - rank(b.id) || number(a.id) - number(b.id) || a.id.localeCompare(b.id),
  )
}
