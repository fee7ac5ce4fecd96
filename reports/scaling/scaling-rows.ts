import type { ScenarioJudgement } from '../../proof/judgement.ts'
import { isScalingFigures, type ManifestFinding } from '../../scenarios/scaling/view/scaling-figures.ts'

/** One scaling scenario over its repetitions. Milliseconds; the slowest of them, null where it never happened. */
export interface ScalingRow {
  readonly title: string
  readonly subject: string
  readonly runs: number
  readonly events: number
  readonly effects: number
  readonly activation: number | null
  readonly ready: number | null
  readonly maxReplicas: number
  readonly backToZero: number | null
}

export function scalingRows(scenarios: readonly ScenarioJudgement[]): ScalingRow[] {
  const groups = Object.values(
    Object.groupBy(scenarios, ({ title, subject }) => JSON.stringify([title, subject])),
  )
  return groups.flatMap((group = []) => {
    const all = group.map(({ figures }) => figures).filter(isScalingFigures)
    const [first] = group
    if (first === undefined || all.length === 0) return []
    return {
      title: first.title,
      subject: first.subject,
      runs: all.length,
      events: all.reduce((sum, each) => sum + each.events, 0),
      effects: all.reduce((sum, each) => sum + each.effects, 0),
      activation: slowest(all.map((each) => each.activation)),
      ready: slowest(all.map((each) => each.ready)),
      maxReplicas: all.reduce((most, each) => Math.max(most, each.maxReplicas), 0),
      backToZero: slowest(all.map((each) => each.backToZero)),
    }
  })
}

export interface ManifestRow extends ManifestFinding {
  readonly subject: string
}

/** What the linter says of the manifests, each finding once; errors first. */
export function manifestRows(scenarios: readonly ScenarioJudgement[]): ManifestRow[] {
  const rows = scenarios.flatMap(({ subject, figures }) =>
    isScalingFigures(figures) ? figures.lint.map((finding) => ({ subject, ...finding })) : [],
  )
  const once = new Map(rows.map((row) => [JSON.stringify(row), row]))
  return [...once.values()].sort((a, b) => a.severity.localeCompare(b.severity))
}

function slowest(values: readonly (number | null)[]): number | null {
  return values.reduce((most, value) => (value === null ? most : Math.max(most ?? 0, value)), null)
}
