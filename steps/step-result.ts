import type { OwnClaim } from '../proof/own-claims.ts'

/** What Cucumber says of a step that has run, or was passed over. */
export interface StepResult {
  readonly text: string
  /** 'Context', 'Action' or 'Outcome'. */
  readonly type: string
  readonly status: string
  /** The first line of what it said; empty where it passed. */
  readonly says: string
  /** The class of the error that it threw. */
  readonly thrown?: string
  /** `file:line` of the feature. */
  readonly place: string
}

/**
 * What a step of people's own says after the trials. An assertion that fails refutes the claim; whatever else goes wrong
 * tells nothing about it. A step that claims nothing counts only where it fails.
 */
export function outcomeOf({ text, type, status, says, thrown = '', place }: StepResult): OwnClaim | [] {
  const claim = { claim: text, place }
  if (status === 'PASSED') return type === 'Outcome' ? { ...claim, outcome: 'held', says: '' } : []
  if (type === 'Outcome' && /assertion/i.test(thrown)) return { ...claim, outcome: 'refuted', says }
  return { ...claim, outcome: 'unknown', says: says || `the step was ${status.toLowerCase()}` }
}
