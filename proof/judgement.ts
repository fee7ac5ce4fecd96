import type { AntiPatternJudgement } from './anti-pattern.ts'
import type { Figures } from './figures.ts'
import type { Counterexample, Finding } from './finding.ts'
import type { Observation } from './observation.ts'
import type { VerdictName } from './verdict.ts'
import type { Entry } from './window.ts'

/** What the judge says of one scenario; also its entry in `verdicts.json`. */
export interface ScenarioJudgement {
  readonly id: string
  readonly title: string
  /** The kind of its subject, by the name of its room. */
  readonly kind: string
  /** The name that the subject has in the config. */
  readonly subject: string
  /** What tells it from other subjects of its kind, where the kind has several sorts: `polling`, `debezium`. */
  readonly relay?: string
  readonly controls: readonly string[]
  /** The feature that it is told under, where it is about no control. */
  readonly feature?: string
  readonly verdict: VerdictName
  /** Why it is not HELD, in one sentence; empty when HELD. */
  readonly reason: string
  /** Processes of the subject that ended by themselves, where it is not HELD. */
  readonly exits?: string
  /** What shows that it does not apply, one for each trial; absent where the config says so. */
  readonly exclusions?: readonly Entry[]
  readonly windows: readonly WindowJudgement[]
  readonly trials: number
  readonly guards: readonly GuardResult[]
  readonly findings: readonly Finding[]
  /** Findings of kind violated and stalled, as in the design's `violations`. */
  readonly violations: readonly Extract<Finding, { kind: 'violated' | 'stalled' }>[]
  /** Counts for the report. */
  readonly figures: Figures
  /** How its services are built, as far as it was seen; absent where its kind does not tell, and in runs of former versions. */
  readonly observation?: Observation
  readonly disarmed: readonly string[]
  readonly seed: string
}

export interface GuardResult {
  readonly id: string
  readonly title: string
  readonly met: boolean
  /** VACUOUS for a fault that did not take effect or a load too small, INCONCLUSIVE for a broken gate, fault or observer. */
  readonly otherwise: 'VACUOUS' | 'INCONCLUSIVE'
  readonly evidence: string
  /** Predicates that it doubts where it is not met; absent: all of them. */
  readonly about?: readonly string[]
}

export interface WindowJudgement {
  readonly id: string
  readonly title: string
  readonly entered: number
  readonly trials: number
  /** What proved that the window was open, one for each trial that entered it. */
  readonly entries?: readonly Entry[]
}

export type Method = 'proved' | 'measured' | 'drilled' | 'declared'

export interface ControlJudgement {
  readonly id: string
  readonly verdict: VerdictName
  /** `none`: nothing judged it in this run. */
  readonly method: Method | 'none'
  /** Why it is not HELD, or what HELD rests on; one sentence. */
  readonly reason: string
  readonly scenarios: readonly ControlScenario[]
  /** Trials that entered a window, over all scenarios. */
  readonly trials: number
  /** 0 violations in `trials` trials: the probability per trial, under this schedule, is below this at 95 %. */
  readonly bound: number | null
}

/** What one scenario says of one control: another control's violation is not held against it. */
export interface ControlScenario {
  readonly id: string
  readonly subject: string
  readonly verdict: VerdictName
  /** Why it is not HELD, as far as this control is concerned; empty when HELD. */
  readonly reason: string
  readonly violations: readonly { readonly name: string; readonly counterexample: Counterexample }[]
  readonly windows: readonly { readonly id: string; readonly entered: number; readonly trials: number }[]
  readonly trials: number
  readonly guards: readonly GuardResult[]
}

/** A statement that somebody answers for. */
export interface Attested {
  /** A control's id, or a name. */
  readonly id: string
  readonly statement: string
  readonly evidence: string
  /** Of the evidence as it was attested, where the config says it. */
  readonly sha256?: string
  readonly by: string
  /** The last day on which it counts. */
  readonly until: string
}

export interface AttestationJudgement extends Attested {
  readonly found: string | null
  /** Attested is not proved: no control is HELD by it. */
  readonly state: 'ATTESTED' | 'NOT-PROVEN'
  /** Why it does not count, and what to do; empty where it does. */
  readonly says: string
}

/** A violation that is known and lived with until a day. */
export interface Waived {
  readonly violation: string
  readonly subject: string
  readonly reason: string
  readonly by: string
  readonly until: string
}

export interface WaiverJudgement extends Waived {
  /** `in force`: it was found, and is waived; `expired`: it was found after that day; `not found`: it may be taken back. */
  readonly state: 'in force' | 'expired' | 'not found'
}

/** `verdicts.json`. */
export interface Verdicts {
  readonly schema: 1
  readonly run: string
  readonly verdict: VerdictName
  readonly interrupted: boolean
  readonly controls: readonly ControlJudgement[]
  /** What can only be declared. Absent where nothing is. */
  readonly attestations?: readonly AttestationJudgement[]
  /** Absent where the config has none. */
  readonly waivers?: readonly WaiverJudgement[]
  /** Beside the verdicts: none of them depends on it. Absent in runs of former versions. */
  readonly antiPatterns?: readonly AntiPatternJudgement[]
  readonly scenarios: readonly ScenarioJudgement[]
}

/** `run.json`. */
export interface RunRecord {
  readonly schema: 1
  readonly id: string
  readonly startedAt: string
  readonly endedAt: string
  readonly tool: { readonly name: 'eventproof'; readonly version: string }
  readonly versions: Readonly<Record<string, string>>
  readonly host: { readonly os: string; readonly cpus: number; readonly memoryBytes: number }
  readonly stack: string
  readonly capabilities: readonly string[]
  readonly seed: string
  readonly profile: string
  readonly repeat: number
  readonly jobs: number
  readonly selection: readonly string[]
  readonly disarmed: readonly string[]
  readonly twin?: string
  readonly config: { readonly path: string; readonly sha256: string }
  readonly git?: { readonly commit: string; readonly dirty: boolean }
  readonly interrupted: boolean
  /** What was done, in the order in which scenarios ended; the seed says the rest. */
  readonly schedule?: readonly {
    readonly scenario: string
    readonly windows: readonly string[]
    readonly faults: readonly string[]
    readonly trials: number
  }[]
  /** As the config has them, with the hash of the evidence as it was when the run ended; null where no file was there. */
  readonly attestations?: readonly (Attested & { readonly found: string | null })[]
  readonly waivers?: readonly Waived[]
  /** The config's own thresholds of anti-patterns, by id. */
  readonly antiPatterns?: Readonly<Record<string, number>>
  /** The command that repeats this run. */
  readonly replay: string
  /** Scenarios that could not run here, with the capability that they lack. */
  readonly notProven: readonly {
    readonly scenario: string
    readonly controls: readonly string[]
    readonly capability: string
    /** Where nothing is lacking and it was not begun: what kept it from that. */
    readonly because?: string
  }[]
  /** Scenarios that were selected and that this profile has no time for, or that only other stacks can run. */
  readonly leftOut?: readonly {
    readonly scenario: string
    readonly title: string
    readonly controls: readonly string[]
    /** What this stack lacks; absent where time is what it lacks. */
    readonly because?: string
  }[]
}
