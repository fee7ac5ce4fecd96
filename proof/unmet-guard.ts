import type { GuardResult } from './judgement.ts'

/** A guard that is not met, as a reason: what it asks for, and what was seen instead. */
export function unmetInWords({ title, evidence }: Pick<GuardResult, 'title' | 'evidence'>): string {
  return `not met: ${title}: ${evidence}`
}
