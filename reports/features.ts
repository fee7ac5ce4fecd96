import type { Finding } from '../proof/finding.ts'
import type { ScenarioJudgement, Verdicts } from '../proof/judgement.ts'
import { type VerdictName, worst } from '../proof/verdict.ts'
import { judgedInWords } from './judged.ts'
import type { Predicates } from './predicate-words.ts'

/** A feature whose scenarios are about no control: it is told under its own name. */
export interface FeatureReport {
  readonly title: string
  /** The worst of its scenarios. */
  readonly verdict: VerdictName
  readonly scenarios: readonly ScenarioJudgement[]
  /** What was judged in them, each with how much of it: promises of predicates, and what people claimed themselves. */
  readonly judged: readonly { readonly promise: string; readonly judged: string }[]
}

/** In the order of the run. */
export function featuresOf(verdicts: Verdicts, predicates: Predicates): FeatureReport[] {
  const own = verdicts.scenarios.flatMap((each) =>
    each.feature === undefined ? [] : [[each.feature, each] as const],
  )
  const groups = Map.groupBy(own, ([feature]) => feature)
  return [...groups].map(([title, group]) => {
    const scenarios = group.map(([, scenario]) => scenario)
    return {
      title,
      verdict: worst(scenarios.map(({ verdict }) => verdict)),
      scenarios,
      judged: judgedOf(scenarios, predicates),
    }
  })
}

function judgedOf(scenarios: readonly ScenarioJudgement[], predicates: Predicates): FeatureReport['judged'] {
  const told = scenarios.flatMap(({ findings }) => findings).filter(saysSomething)
  return [...new Set(told.map(({ predicate }) => predicate))].map((id) => {
    const words = predicates.get(id)
    return { promise: words ? `${id}: ${words.promise}` : id, judged: judgedInWords(id, scenarios) }
  })
}

function saysSomething(finding: Finding): boolean {
  return finding.kind !== 'held' || finding.judged > 0
}
