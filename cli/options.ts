import type { VerdictName } from '../proof/verdict.ts'

/**
 * `quick`: each window a few times, a small load; `full`: the trials and the load that a release asks for; `guide`:
 * as quick, with the scalers' own seconds in the place of shorter ones.
 */
export type Profile = 'quick' | 'full' | 'guide'

/** Everything that `eventproof prove` was asked for: parsed, validated, with defaults filled in. */
export interface ProveOptions {
  /** Control ids, feature paths or @tags; empty: all. */
  readonly selection: readonly string[]
  /** The name of a driver. */
  readonly stack: string
  /** Absolute path of a config file; absent: the shipped reference services. */
  readonly config?: string
  /** The name of a shipped twin to put in place of the reference service. */
  readonly twin?: string
  readonly seed: string
  /** How often each scenario is run; ≥ 1. */
  readonly repeat: number
  /** Scenarios at the same time; ≥ 1. */
  readonly jobs: number
  readonly profile: Profile
  /** Events of the load, where the user chose; absent: the profile's number. */
  readonly events?: number
  /** Faults and gates that are switched off on purpose: names, or `['all']`. */
  readonly disarm: readonly string[]
  /** Absolute folder in which the run directory is made; default `.eventproof/runs` of the working directory. */
  readonly out: string
  /** What was typed after `eventproof`, for the report's replay line. */
  readonly commandLine: readonly string[]
}

/** What `prove` gives back once the report is written. */
export interface ProveOutcome {
  readonly exitCode: number
  readonly verdict: VerdictName
  readonly runDirectory: string
}
