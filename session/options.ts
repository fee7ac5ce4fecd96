import type { ReportProgress } from '../core/progress.ts'
import type { Verdicts } from '../proof/judgement.ts'
import type { VerdictName } from '../proof/verdict.ts'

/**
 * `quick`: each window a few times, a small load; `full`: the trials and the load that a release asks for; `guide`:
 * as quick, with the scalers' own seconds in the place of shorter ones.
 */
export type Profile = 'quick' | 'full' | 'guide'

/** What a session is opened with: what is put to the test, and where. */
export interface SessionOptions {
  /** Path of a config file. Default: that of the working directory, else the shipped reference services. */
  readonly config?: string
  /** The name of a shipped twin, to be put in the place of a reference service. */
  readonly twin?: string
  /** The name of the stack's driver. Default 'auto': the first that can run here what the scenarios need. */
  readonly stack?: string
  /** Globs of people's own features, and of modules with steps for them; beside those that the config names. */
  readonly features?: readonly string[]
  readonly steps?: readonly string[]
  /** Where those globs start. Default: the working directory. */
  readonly cwd?: string
  /** Default 'quick'. */
  readonly profile?: Profile
  /** Folder in which run directories are made. Default `.eventproof/runs` of the working directory. */
  readonly out?: string
  /**
   * The session holds one run and ends with it: logs are written into its directory, and the stack is brought down before
   * the run is recorded.
   */
  readonly once?: true
  /** A cluster stays for the next session, where the driver can have one that outlives it; `eventproof gc` removes it. */
  readonly keep?: true
  readonly onProgress?: ReportProgress
}

/** What is run, and how often. */
export interface RunOptions {
  /** Control ids (P1), features, or tags (@W5). Default: all. */
  readonly selection?: readonly string[]
  /** Repeats the choices of an earlier run. Default: a fresh one. */
  readonly seed?: string
  /** How often each scenario is run. Default 1. */
  readonly repeat?: number
  /**
   * Scenarios at the same time. Default: one more than the machine has cores (at most 4), and up to three for each (at
   * most 8) while it has time to spare.
   */
  readonly jobs?: number
  /** Events of the load. Default: the profile's number. */
  readonly events?: number
  /** Faults and gates that are switched off on purpose: names, or `['all']`. */
  readonly disarm?: readonly string[]
  /** Whether an anti-pattern that is found lets the run end with exit code 1. Default 'report': it is told, no more. */
  readonly antiPatterns?: 'report' | 'fail'
  /** Whether violations that the config waives count for the exit code. Default 'show': they do. */
  readonly waivers?: 'show' | 'accept'
  /** Ends the run early: what was seen until then is judged and recorded. */
  readonly signal?: AbortSignal
  /** What was typed after `eventproof`, for the report's replay line. Default: what says the same. */
  readonly commandLine?: readonly string[]
}

/** What a run came to, once its report is written. */
export interface RunOutcome {
  readonly verdict: VerdictName
  readonly verdicts: Verdicts
  /** 0, 1 or 2: see `exitCodeOf`. */
  readonly exitCode: number
  /** Absolute. */
  readonly directory: string
  /** Why a subject could not be brought up; no further scenario was begun after that. */
  readonly notReady: Error | undefined
}
