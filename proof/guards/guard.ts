import type { Finding } from '../finding.ts'
import type { HistoryEvent } from '../history/event.ts'
import type { View } from '../history/view.ts'
import type { GuardResult } from '../judgement.ts'
import type { Predicate } from '../predicate.ts'
import type { Entry, JudgedWindow } from '../window.ts'

/** What a guard looks at, beside the history: what the windows say of each trial. */
export interface Evidence<V extends View = View> {
  readonly view: V
  readonly predicates: ReadonlyMap<string, Predicate<V>>
  /** The view of another history of the same plan. */
  open(events: readonly HistoryEvent[]): V
  /** What the plan's predicates found, in its order. */
  readonly findings: readonly Finding[]
  readonly windows: readonly WindowEvidence[]
}

export interface WindowEvidence {
  readonly id: string
  /** Undefined where the judge does not know this window. */
  readonly window: JudgedWindow | undefined
  /** One a trial that was run; undefined where it was not inside. */
  readonly entries: readonly (Entry | undefined)[]
  /** One a trial, where it was not inside: what shows that the subject's design keeps it out. */
  readonly exclusions: readonly (Entry | undefined)[]
}

/** What must be seen for a run without a violation to mean anything. Pure, like a predicate. */
export interface Guard<V extends View = View> {
  readonly id: string
  readonly title: string
  /** What the verdict is where the guard is not met. */
  readonly otherwise: GuardResult['otherwise']
  look(evidence: Evidence<V>): Sight
}

/** Met or not, and by what: one sentence. */
export interface Sight {
  readonly met: boolean
  readonly evidence: string
  /** Predicates that it doubts where it is not met; absent: all of them. */
  readonly about?: readonly string[]
}

/** Met, unless something is missing. */
export function metUnless(missing: readonly string[], evidence: string): Sight {
  return missing.length === 0 ? { met: true, evidence } : { met: false, evidence: missing.join('; ') }
}

/** Met, unless something is missing of single predicates: others are not in doubt. */
export function metUnlessOf(missing: ReadonlyMap<string, string>, evidence: string): Sight {
  const sight = metUnless([...missing.values()], evidence)
  return sight.met ? sight : { ...sight, about: [...missing.keys()] }
}

/** No window is to be entered: the run shows the subject without faults. */
export function isControlRun({ view }: { readonly view: View }): boolean {
  const { windows, faults, gates } = view.plan
  return windows.length + faults.length + gates.length === 0
}
