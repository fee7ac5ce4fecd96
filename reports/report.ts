import type { HistoryEvent } from '../proof/history/event.ts'
import type {
  ControlJudgement,
  RunRecord,
  ScenarioJudgement,
  Verdicts,
  WaiverJudgement,
} from '../proof/judgement.ts'
import { CONTROLS, type Control } from './controls.ts'
import { attestationLine, waiverLine } from './declared-lines.ts'
import { type FeatureReport, featuresOf } from './features.ts'
import { panelsOf } from './generic-panels.ts'
import { judgedInWords } from './judged.ts'
import type { Lanes } from './lanes.ts'
import type { Panels, PanelsByKind, PanelTable, Story } from './panels.ts'
import { BECAUSE, judging, type Predicates } from './predicate-words.ts'
import type { Run } from './read-run.ts'
import { settingsTable } from './settings.ts'
import type { Told } from './stories.ts'
import { joined, type Table } from './table.ts'
import { adviceTable, guardsTable, scenariosTable, windowsTable } from './tables.ts'

/** One model of a run: all that a renderer may use. Renderers are pure: the same report gives the same bytes. */
export interface Report {
  readonly run: RunRecord
  readonly verdicts: Verdicts
  /** Root hash over the evidence, see manifest.ts. */
  readonly evidence: string
  readonly controls: readonly ControlReport[]
  /** Of scenarios that are about no control. */
  readonly features: readonly FeatureReport[]
  /** Violations told in full. */
  readonly violations: readonly ViolationReport[]
  /** What the clients asked for, of all subjects. */
  readonly settings: Table | undefined
}

export interface JudgedPredicate {
  readonly id: string
  readonly promise: string
  readonly because: string
  readonly judged: string
}

export interface ControlReport {
  readonly control: Control
  readonly judgement: ControlJudgement
  /** Those that judge it, with how much they were asked of. */
  readonly predicates: readonly JudgedPredicate[]
  readonly scenarios: readonly ScenarioJudgement[]
  readonly violations: readonly ViolationReport[]
  readonly tables: readonly Table[]
  readonly stories: readonly Story[]
  /** What somebody answers for: an attestation of it, waivers of its violations. */
  readonly declared: readonly string[]
  /** Whether it is measured on settings that the report lists. */
  readonly settings: boolean
}

export interface ViolationReport {
  /** Its place in the report: `violation-1`. */
  readonly anchor: string
  /** The first control that it is held against: there it is told. */
  readonly control: string
  readonly violation: Violation
  readonly scenario: ScenarioJudgement
  /** How often this name was found for this subject, this one included. */
  readonly times: number
  /** The lanes of its timeline. */
  readonly lanes: Lanes
  /** Filled from the history: the counterexample and what happened around it, by `seq`. */
  readonly events: readonly CounterexampleEvent[]
}

export type Violation = ScenarioJudgement['violations'][number]

export interface CounterexampleEvent {
  readonly event: HistoryEvent
  /** Part of the minimal counterexample; otherwise it only shows the surroundings. */
  readonly counterexample: boolean
}

/** More would not be read, and the page has to stay below 500 KB. */
const TOLD_IN_FULL = 12

/** What was read from the history. */
export interface FromHistory {
  /** The events of a violation: counterexample-events.ts. */
  eventsOf(violation: Violation): readonly CounterexampleEvent[]
  /** What is drawn from it: stories.ts. */
  readonly stories: readonly Told[]
}

export function reportOf(
  { record, verdicts }: Omit<Run, 'directory'>,
  evidence: string,
  predicates: Predicates,
  panels: PanelsByKind,
  { eventsOf, stories }: FromHistory = { eventsOf: () => [], stories: [] },
): Report {
  const kinds = [...new Set(verdicts.scenarios.map(({ kind }) => kind))].sort()
  const shown = kinds.map((kind) => panelsOf(kind, panels))
  const violations = toldViolations(verdicts).map((told) => ({
    ...told,
    lanes: panelsOf(told.scenario.kind, panels).lanes,
    events: eventsOf(told.violation),
  }))
  const controls = CONTROLS.map((control): ControlReport => {
    const judgement = verdicts.controls.find((each) => each.id === control.id) ?? unrecorded(control)
    const names = new Set(judgement.scenarios.flatMap((each) => each.violations.map(({ name }) => name)))
    // Also those about something else in which one of its violations was found; in the order of the judgement.
    const ids = new Set(judgement.scenarios.map(({ id }) => id))
    const scenarios = verdicts.scenarios.filter(({ id }) => ids.has(id))
    const asked = judging(control.id, predicates)
    return {
      control,
      judgement,
      predicates: asked.map(({ id, promise, expectation = 'guide' }) => {
        return { id, promise, because: BECAUSE[expectation], judged: judgedInWords(id, scenarios) }
      }),
      scenarios,
      violations: violations.filter(
        ({ violation, scenario }) => names.has(violation.name) && scenarios.includes(scenario),
      ),
      tables: [
        ...joined([
          adviceTable(
            scenarios,
            asked.map(({ id }) => id),
          ),
        ]),
        ...tablesOf(control, judgement, scenarios, shown),
      ],
      stories: stories
        .filter(({ panel, scenario }) => panel.illustrates(control) && scenarios.includes(scenario))
        .map(({ story }) => story),
      declared: declaredOf(control.id, judgement, verdicts),
      settings: shown.some(
        ({ settings }) => settings?.illustrates(control) && settings.of(scenarios).length > 0,
      ),
    }
  })
  const settings = settingsTable(shown.flatMap((each) => each.settings?.of(verdicts.scenarios) ?? []))
  const features = featuresOf(verdicts, predicates)
  return { run: record, verdicts, evidence, controls, features, violations, settings }
}

function declaredOf(
  id: string,
  judgement: ControlJudgement,
  { attestations = [], waivers = [] }: Verdicts,
): readonly string[] {
  const own = ({ subject, violation }: WaiverJudgement) =>
    judgement.scenarios.some(
      (each) => each.subject === subject && each.violations.some(({ name }) => name === violation),
    )
  return [
    ...waivers.filter(own).map(waiverLine),
    ...attestations.filter((each) => each.id === id).map(attestationLine),
  ]
}

/** What it is measured by first, then what was done, then what the kinds of its subjects add. */
function tablesOf(
  control: Control,
  judgement: ControlJudgement,
  scenarios: readonly ScenarioJudgement[],
  shown: readonly Panels[],
): Table[] {
  const own = shown.flatMap(({ tables }) => tables).filter((table) => table.illustrates(control))
  const of = (tables: readonly PanelTable[]) => joined(tables.map((table) => table.of(scenarios)))
  const nounOf = (kind: string) => shown.find(({ id }) => id === kind)?.noun ?? kind
  return [
    ...of(own.filter(({ measures }) => measures)),
    ...joined([
      scenariosTable(scenarios, judgement.scenarios, nounOf),
      windowsTable(scenarios),
      guardsTable(scenarios),
    ]),
    ...of(own.filter(({ measures }) => !measures)),
  ]
}

/** One for each name and subject, the first that was found, worst control order; at most {@link TOLD_IN_FULL}. */
export function toldViolations(verdicts: Verdicts): Omit<ViolationReport, 'events' | 'lanes'>[] {
  const told = new Map<string, Omit<ViolationReport, 'events' | 'lanes' | 'anchor'>>()
  for (const scenario of verdicts.scenarios) {
    for (const violation of scenario.violations) {
      const key = JSON.stringify([violation.name, scenario.subject])
      const before = told.get(key)
      if (before) told.set(key, { ...before, times: before.times + 1 })
      else {
        told.set(key, { control: holderOf(violation, scenario, verdicts), violation, scenario, times: 1 })
      }
    }
  }
  return [...told.values()]
    .slice(0, TOLD_IN_FULL)
    .map((each, index) => ({ ...each, anchor: `violation-${index + 1}` }))
}

function holderOf(violation: Violation, scenario: ScenarioJudgement, verdicts: Verdicts): string {
  const holder = verdicts.controls.find((control) =>
    control.scenarios.some(
      ({ id, violations }) => id === scenario.id && violations.some(({ name }) => name === violation.name),
    ),
  )
  return holder?.id ?? scenario.controls[0] ?? ''
}

function unrecorded(control: Control): ControlJudgement {
  const reason = 'the run’s record does not speak of it'
  return {
    id: control.id,
    verdict: 'NOT-PROVEN',
    method: 'none',
    reason,
    scenarios: [],
    trials: 0,
    bound: null,
  }
}
