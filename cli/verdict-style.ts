import type { VerdictName } from '../proof/verdict.ts'

/** The colour of a verdict; red is kept for what is wrong with the service. */
export function verdictStyle(verdict: VerdictName): 'green' | 'red' | 'yellow' | 'dim' {
  if (verdict === 'HELD') return 'green'
  if (verdict === 'VIOLATED' || verdict === 'STALLED') return 'red'
  return verdict === 'NOT-PROVEN' || verdict === 'NOT-APPLICABLE' ? 'dim' : 'yellow'
}
