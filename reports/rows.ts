import type { Producer } from '../proof/figures.ts'
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
  /** What kind of subject it is: of a publisher, its relay. */
  readonly of: string
  readonly runs: number
  readonly verdict: VerdictName
  /** Runs with that verdict. */
  readonly times: number
  readonly entered: number
  readonly reason: string
}

/** Repetitions of a scenario are one row, with the worst of their verdicts; the worst rows come first. */
export function scenarioRows(scenarios: readonly ScenarioJudgement[]): ScenarioRow[] {
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
        of: first.relay ?? first.kind,
        runs: group.length,
        verdict,
        times: worstOnes.length,
        entered: sum(group.flatMap((each) => each.windows.map((window) => window.entered))),
        reason: worstOnes[0]?.reason ?? '',
      }
    })
    .sort((a, b) => compareVerdicts(b.verdict, a.verdict))
}

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
    const all = (group ?? []).map((each) => each.figures).filter((figures) => figures.of === 'publisher')
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

export interface ClientRow {
  readonly subject: string
  readonly clientId: string
  readonly acks: number
  readonly idempotent: boolean
  /** Scenarios that it was seen in. */
  readonly seen: number
}

/** One row for each client and way of asking; those that do not ask for enough come first. */
export function clientRows(scenarios: readonly ScenarioJudgement[]): ClientRow[] {
  const rows = new Map<string, ClientRow>()
  for (const { subject, figures } of scenarios) {
    for (const { clientId, acks, idempotent } of producersIn(figures)) {
      const key = JSON.stringify([subject, clientId, acks, idempotent])
      rows.set(key, { subject, clientId, acks, idempotent, seen: (rows.get(key)?.seen ?? 0) + 1 })
    }
  }
  const enough = (row: ClientRow) => (row.acks === -1 && row.idempotent ? 1 : 0)
  return [...rows.values()].sort((a, b) => enough(a) - enough(b))
}

/** Also those that a consumer stores retries, dead letters and outputs with. */
function producersIn(figures: ScenarioJudgement['figures']): readonly Producer[] {
  if (figures.of === 'publisher') return figures.clients
  return figures.of === 'consumer' ? figures.producers : []
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function most(values: readonly number[]): number {
  return values.reduce((highest, value) => Math.max(highest, value), 0)
}
