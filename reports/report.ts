import type { HistoryEvent } from '../proof/history/event.ts'
import type { ControlJudgement, RunRecord, ScenarioJudgement, Verdicts } from '../proof/judgement.ts'
import type { PredicateWords } from '../proof/predicate.ts'
import type { RetryStory } from './consuming/retry-story.ts'
import { CONTROLS, type Control } from './controls.ts'
import { judging, type Predicates } from './predicate-words.ts'
import type { Run } from './read-run.ts'
import type { ScalingStory } from './scaling/scaling-story.ts'
import { NO_STORIES, type Stories } from './stories.ts'

/** All that a renderer may use. Renderers are pure: the same report gives the same bytes. */
export interface Report {
  readonly run: RunRecord
  readonly verdicts: Verdicts
  /** Root hash over the evidence, see manifest.ts. */
  readonly evidence: string
  readonly controls: readonly ControlReport[]
  /** Violations told in full. */
  readonly violations: readonly ViolationReport[]
}

export interface ControlReport {
  readonly control: Control
  readonly judgement: ControlJudgement
  /** Those that judge it. */
  readonly predicates: readonly PredicateWords[]
  readonly scenarios: readonly ScenarioJudgement[]
  readonly violations: readonly ViolationReport[]
  /** Drawn from the history, each with the scenario that it happened in. */
  readonly scalings: readonly Told<ScalingStory>[]
  readonly retries: readonly Told<RetryStory>[]
}

export interface Told<Story> {
  readonly story: Story
  readonly scenario: ScenarioJudgement
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

/** `eventsOf` gives the events of a violation (counterexample-events.ts), `stories` what is drawn from the history (stories.ts). */
export function reportOf(
  { record, verdicts }: Omit<Run, 'directory'>,
  evidence: string,
  predicates: Predicates,
  eventsOf: (violation: Violation) => readonly CounterexampleEvent[] = () => [],
  stories: Stories = NO_STORIES,
): Report {
  const violations = toldViolations(verdicts).map((told) => ({ ...told, events: eventsOf(told.violation) }))
  const controls = CONTROLS.map((control) => {
    const judgement = verdicts.controls.find((each) => each.id === control.id) ?? unrecorded(control)
    const names = new Set(judgement.scenarios.flatMap((each) => each.violations.map(({ name }) => name)))
    // Also those about something else in which one of its violations was found; in the order of the judgement.
    const ids = new Set(judgement.scenarios.map(({ id }) => id))
    const scenarios = verdicts.scenarios.filter(({ id }) => ids.has(id))
    return {
      control,
      judgement,
      predicates: judging(control.id, predicates),
      scenarios,
      violations: violations.filter(
        ({ violation, scenario }) => names.has(violation.name) && scenarios.includes(scenario),
      ),
      scalings: control.id === 'O1' ? told(stories.scalings, scenarios) : [],
      retries: control.id === 'C2' ? told(stories.retries, scenarios) : [],
    }
  })
  return { run: record, verdicts, evidence, controls, violations }
}

function told<Story extends { readonly scenario: string }>(
  stories: readonly Story[],
  scenarios: readonly ScenarioJudgement[],
): Told<Story>[] {
  return stories.flatMap((story) => {
    const scenario = scenarios.find(({ id }) => id === story.scenario)
    return scenario === undefined ? [] : [{ story, scenario }]
  })
}

/** One for each name and subject, the first that was found, worst control order; at most {@link TOLD_IN_FULL}. */
export function toldViolations(verdicts: Verdicts): Omit<ViolationReport, 'events'>[] {
  const told = new Map<string, Omit<ViolationReport, 'events' | 'anchor'>>()
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
