import type { ScenarioJudgement } from '../../proof/judgement.ts'
import { isPublisherFigures } from '../../scenarios/publishing/view/publisher-figures.ts'

/** Counts of a publisher over all scenarios. */
export interface LoadRow {
  readonly subject: string
  readonly relay: string
  readonly scenarios: number
  readonly commands: number
  readonly committed: number
  readonly rolledBack: number
  readonly events: number
  readonly records: number
  readonly duplicates: number
  /** Most keys of one scenario. */
  readonly keys: number
  /** Bytes; the worst scenario's percentiles, which no merge of percentiles can flatter. */
  readonly payload: { readonly p50: number; readonly p99: number; readonly max: number }
}

export function loadRows(scenarios: readonly ScenarioJudgement[]): LoadRow[] {
  const groups = Object.values(Object.groupBy(scenarios, (scenario) => scenario.subject))
  return groups.flatMap((group) => {
    const first = group?.[0]
    const all = (group ?? []).map((each) => each.figures).filter(isPublisherFigures)
    if (!first || all.length === 0) return []
    return {
      subject: first.subject,
      relay: first.relay ?? '',
      scenarios: all.length,
      commands: sum(all.map((each) => each.commands)),
      committed: sum(all.map((each) => each.committed)),
      rolledBack: sum(all.map((each) => each.rolledBack)),
      events: sum(all.map((each) => each.events)),
      records: sum(all.map((each) => each.records)),
      duplicates: sum(all.map((each) => each.duplicates)),
      keys: most(all.map((each) => each.keys)),
      payload: {
        p50: most(all.map((each) => each.payload.p50)),
        p99: most(all.map((each) => each.payload.p99)),
        max: most(all.map((each) => each.payload.max)),
      },
    }
  })
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function most(values: readonly number[]): number {
  return values.reduce((highest, value) => Math.max(highest, value), 0)
}
