import type { GuardResult, ScenarioJudgement } from '../proof/judgement.ts'
import { compareVerdicts, type VerdictName, worst } from '../proof/verdict.ts'

// What the renderers print as tables: scenarios of one control, put together across subjects and repetitions.

export interface WindowRow {
  readonly id: string
  readonly title: string
  readonly subjects: readonly string[]
  readonly entered: number
  readonly trials: number
  readonly grade?: 'A' | 'B' | 'C'
  /** How the first entry was proved. */
  readonly says?: string
}

/** One row a window, in the order of their numbers. */
export function windowRows(scenarios: readonly ScenarioJudgement[]): WindowRow[] {
  const rows = new Map<string, WindowRow>()
  for (const scenario of scenarios) {
    for (const window of scenario.windows) {
      const before = rows.get(window.id)
      const entries = window.entries ?? []
      // The weakest evidence counts for the row.
      const grade = [before?.grade, ...entries.map((entry) => entry.grade)]
        .filter((each) => each !== undefined)
        .sort()
        .at(-1)
      const says = before?.says ?? entries[0]?.says
      rows.set(window.id, {
        id: window.id,
        title: before?.title ?? window.title,
        subjects: [...new Set([...(before?.subjects ?? []), scenario.subject])],
        entered: (before?.entered ?? 0) + window.entered,
        trials: (before?.trials ?? 0) + window.trials,
        ...(grade && { grade }),
        ...(says !== undefined && { says }),
      })
    }
  }
  return [...rows.values()].sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }))
}

export interface GuardRow {
  readonly id: string
  readonly title: string
  readonly met: number
  readonly of: number
  readonly otherwise: GuardResult['otherwise']
  /** Of the first that was not met, else of the first. */
  readonly evidence: string
}

export function guardRows(scenarios: readonly ScenarioJudgement[]): GuardRow[] {
  const rows = new Map<string, GuardRow>()
  for (const guard of scenarios.flatMap((scenario) => scenario.guards)) {
    const before = rows.get(guard.id)
    const firstUnmet = !guard.met && (before === undefined || before.met === before.of)
    rows.set(guard.id, {
      id: guard.id,
      title: before?.title ?? guard.title,
      met: (before?.met ?? 0) + (guard.met ? 1 : 0),
      of: (before?.of ?? 0) + 1,
      otherwise: guard.otherwise,
      evidence: before && !firstUnmet ? before.evidence : guard.evidence,
    })
  }
  return [...rows.values()].sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }))
}

export interface ScenarioRow {
  readonly id: string
  readonly title: string
  readonly subject: string
  /** What sort of subject it is. */
  readonly of: string
  readonly runs: number
  readonly verdict: VerdictName
  /** Runs with that verdict. */
  readonly times: number
  readonly entered: number
  readonly reason: string
}

/** Repetitions of a scenario are one row, with the worst of their verdicts; the worst rows come first. */
export function scenarioRows(
  scenarios: readonly ScenarioJudgement[],
  nounOf: (kind: string) => string,
): ScenarioRow[] {
  const groups = Object.values(
    Object.groupBy(scenarios, (scenario) => JSON.stringify([scenario.title, scenario.subject])),
  )
  return groups
    .flatMap((group) => {
      const first = group?.[0]
      if (!group || !first) return []
      const verdict = worst(group.map((each) => each.verdict))
      const worstOnes = group.filter((each) => each.verdict === verdict)
      return {
        id: first.id,
        title: first.title,
        subject: first.subject,
        of: first.relay ?? nounOf(first.kind),
        runs: group.length,
        verdict,
        times: worstOnes.length,
        entered: sum(group.flatMap((each) => each.windows.map((window) => window.entered))),
        reason: worstOnes[0]?.reason ?? '',
      }
    })
    .sort((a, b) => compareVerdicts(b.verdict, a.verdict))
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
