import type { ControlScenario } from '../proof/judgement.ts'
import type { Predicates } from './predicate-words.ts'

/**
 * Of scenarios that speak alike against a control the one that explains it best, as a scenario's own headline is chosen:
 * what leads to something else that was found comes before that, else the predicates' own order counts.
 */
export function bestExplained(
  scenarios: readonly ControlScenario[],
  predicates: Predicates,
): ControlScenario | undefined {
  const inOrder = [...predicates.values()].flatMap(({ violations }) => Object.entries(violations))
  const found = new Set(scenarios.flatMap(({ violations }) => violations.map(({ name }) => name)))
  const consequences = new Set(
    inOrder.flatMap(([name, { leadsTo }]) => (found.has(name) ? (leadsTo ?? []) : [])),
  )
  const rank = ({ violations: [first] }: ControlScenario) => {
    if (first === undefined) return Number.POSITIVE_INFINITY
    const position = inOrder.findIndex(([name]) => name === first.name)
    return (consequences.has(first.name) ? inOrder.length : 0) + (position < 0 ? inOrder.length : position)
  }
  return [...scenarios].sort((a, b) => rank(a) - rank(b))[0]
}
