/**
 * What a run tells while it is under way: plain data, one object an event, the same for the terminal, for a CI log
 * and for `--json` (one line each). `at` is added by whoever prints it; nothing is judged from these events.
 */
export type ProgressEvent =
  | ArtifactProgress
  | ComponentProgress
  | ScenarioProgress
  | { readonly type: 'run'; readonly run: string; readonly directory: string; readonly scenarios: number }
  /** One line for the reader: a skipped scenario, a retry, an interrupt that is being served. */
  | { readonly type: 'note'; readonly level: 'info' | 'warning'; readonly text: string }
  | RunResult

/** Something that is obtained once and cached: an archive, a compiled program, a trained JVM image. */
export interface ArtifactProgress {
  readonly type: 'artifact'
  readonly artifact: string
  readonly step: 'download' | 'build' | 'train' | 'verify' | 'ready' | 'failed'
  /** Bytes so far and in all, where known. */
  readonly bytes?: number
  readonly totalBytes?: number
  /** Since this artifact was begun. */
  readonly milliseconds?: number
}

export interface ComponentProgress {
  readonly type: 'component'
  readonly component: string
  readonly state: 'starting' | 'ready' | 'failed' | 'stopped'
  /** From start to this state. */
  readonly milliseconds?: number
  readonly reason?: string
  /** Path of the file with which kubectl reaches it. */
  readonly kubeconfig?: string
}

/** The life of one scenario. */
export type ScenarioProgress = { readonly type: 'scenario'; readonly scenario: string } & (
  | { readonly state: 'queued' | 'started'; readonly title: string; readonly controls: readonly string[] }
  | { readonly state: 'trial'; readonly trial: number; readonly trials: number }
  | { readonly state: 'entered'; readonly window: string; readonly trial: number }
  | {
      readonly state: 'judged'
      readonly title: string
      readonly verdict: ProgressVerdict
      /** Empty when HELD. */
      readonly reason: string
      /** What it says of each control: its own ones, and those that it broke besides. */
      readonly controls?: readonly ControlResult[]
      readonly milliseconds: number
    }
)

export interface ControlResult {
  readonly id: string
  /** It broke here, and is none of those that the scenario is about. */
  readonly besides?: true
  readonly verdict: ProgressVerdict
  readonly reason: string
}

/** The last event of a run. */
export interface RunResult {
  readonly type: 'result'
  readonly verdict: ProgressVerdict
  readonly exitCode: number
  readonly run: string
  readonly directory: string
  /** report.html; absent where the run ended before one could be written. */
  readonly report?: string
  readonly interrupted: boolean
  readonly controls: readonly ControlResult[]
  readonly antiPatterns: readonly AntiPatternResult[]
  /** Known violations and what is attested, a line each. */
  readonly declared: readonly string[]
  readonly milliseconds: number
}

/** Of all that were looked for. */
export interface AntiPatternResult {
  readonly id: string
  readonly title: string
  readonly state: 'found' | 'absent' | 'not-looked-at'
  readonly says: string
}

/** The names of proof/verdict.ts; written out because core knows nothing of proof. */
export type ProgressVerdict =
  | 'VIOLATED'
  | 'STALLED'
  | 'INCONCLUSIVE'
  | 'VACUOUS'
  | 'NOT-PROVEN'
  | 'HELD'
  | 'NOT-APPLICABLE'

/** Where events go. Never throws, never waits. */
export type ReportProgress = (event: ProgressEvent) => void
