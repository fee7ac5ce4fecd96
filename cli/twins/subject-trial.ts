import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { EventOf } from '../../proof/history/event.ts'
import type { ScenarioJudgement, Verdicts } from '../../proof/judgement.ts'
import { RUN_FILES } from '../../proof/run-files.ts'
import { type VerdictName, worst } from '../../proof/verdict.ts'
import { readRun } from '../../reports/read-run.ts'
import { lastEvent } from '../last-event.ts'

/** What one run made of a twin. */
export interface SubjectTrial {
  readonly verdict: VerdictName | 'ERROR'
  /** Names of all violations and stalls that were found. */
  readonly names: readonly string[]
  /** Those that were found, in its scenarios together. */
  readonly antiPatterns: readonly string[]
  /** Trials that it took until the expected violation was there; undefined where it was not found. */
  readonly trialsToKill: number | undefined
  readonly seconds: number
  /** Why there is no verdict, or why it is not HELD. */
  readonly reason: string
  readonly directory: string | undefined
}

export interface TrialOptions {
  readonly runs: number
  readonly seed: string
  readonly out: string
  readonly jobs: number
  /** Default: what a run chooses. */
  readonly stack?: string
}

/** What is tried, and with what. */
export interface ToTry {
  readonly expected: readonly string[]
  /** Options of `eventproof prove` that say which services: `--twin …`, `--config …`, or none for the reference. */
  readonly services: readonly string[]
  /** Beside what this process has. */
  readonly env?: Readonly<Record<string, string>>
  /** Words of `eventproof prove`: the tags of the windows that it is tried in, or its control. */
  readonly selection: readonly string[]
}

export const twinOf = (name: string): readonly string[] => ['--twin', name]

/**
 * Proves one subject `runs` times, in one process of its own, as a user would, and reads what its run directory says.
 * The scenarios of each repetition are a run of their own: database, topics, services.
 */
export async function trySubject(
  { expected, services, env, selection }: ToTry,
  options: TrialOptions,
): Promise<SubjectTrial[]> {
  const { runs, seed, out, jobs, stack } = options
  const started = performance.now()
  const numbers = ['--repeat', `${runs}`, '--jobs', `${jobs}`]
  const on = stack === undefined ? [] : ['--stack', stack]
  const chosen = [...selection, ...services, ...on]
  const last = await lastEvent(['prove', ...chosen, '--seed', seed, '--out', out, ...numbers], env)
  const seconds = (performance.now() - started) / 1000 / runs
  if (last?.type !== 'result') {
    const reason = last === undefined ? 'the run ended without a result' : `${last.code}: ${last.what}`
    return [
      {
        verdict: 'ERROR',
        names: [],
        antiPatterns: [],
        trialsToKill: undefined,
        seconds,
        reason,
        directory: undefined,
      },
    ]
  }
  const { verdicts } = await readRun(last.directory)
  return Promise.all(
    Array.from({ length: runs }, async (_, n) => {
      const scenarios = verdicts.scenarios.filter(({ id }) => runs === 1 || id.endsWith(`-${n + 1}`))
      const names = scenarios.flatMap(({ violations }) => violations.map((violation) => violation.name))
      const verdict = worst(scenarios.map((scenario) => scenario.verdict))
      return {
        verdict,
        names: [...new Set(names)].sort(),
        antiPatterns: foundIn(verdicts, scenarios),
        trialsToKill: await trialsToKill(last.directory, scenarios, expected),
        seconds,
        reason: scenarios.find((scenario) => scenario.verdict === verdict)?.reason ?? '',
        directory: last.directory,
      }
    }),
  )
}

/** An anti-pattern may take several scenarios to be seen: those of one repetition are among the run's. */
function foundIn({ antiPatterns = [] }: Verdicts, scenarios: readonly ScenarioJudgement[]): string[] {
  const ids = new Set(scenarios.map(({ id }) => id))
  const found = antiPatterns.filter((each) => each.found.some(({ scenario }) => ids.has(scenario)))
  return found.map(({ id }) => id)
}

/** The fewest trials of a scenario after which one of the expected violations had its whole counterexample. */
async function trialsToKill(
  directory: string,
  scenarios: readonly ScenarioJudgement[],
  expected: readonly string[],
): Promise<number | undefined> {
  const shown = scenarios.flatMap(({ id, violations }) =>
    violations
      .filter(({ name }) => expected.includes(name))
      .map(({ counterexample }) => ({ scenario: id, seq: Math.max(...counterexample.events) })),
  )
  if (shown.length === 0) return undefined
  const phases = await phasesOf(join(directory, RUN_FILES.history))
  const trials = shown.map(({ scenario, seq }) => {
    const before = phases.filter((phase) => phase.scenario === scenario && phase.seq <= seq)
    return before.reduce((most, { trial = 0 }) => Math.max(most, trial), 1)
  })
  return Math.min(...trials)
}

async function phasesOf(history: string): Promise<EventOf<'phase'>[]> {
  const phases: EventOf<'phase'>[] = []
  for await (const line of createInterface({ input: createReadStream(history) })) {
    if (line.includes('"kind":"phase"')) phases.push(JSON.parse(line))
  }
  return phases
}
