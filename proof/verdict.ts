/**
 * Verdicts, worst first. INCONCLUSIVE and VACUOUS weigh the same. A scenario is NOT-APPLICABLE where the subject's own
 * design, declared or seen, keeps it out of what is tried there: it takes no part in any other verdict.
 */
export type VerdictName =
  | 'VIOLATED'
  | 'STALLED'
  | 'INCONCLUSIVE'
  | 'VACUOUS'
  | 'NOT-PROVEN'
  | 'HELD'
  | 'NOT-APPLICABLE'

const WEIGHT: Record<VerdictName, number> = {
  VIOLATED: 4,
  STALLED: 3,
  INCONCLUSIVE: 2,
  VACUOUS: 2,
  'NOT-PROVEN': 1,
  HELD: 0,
  'NOT-APPLICABLE': -1,
}

/** Positive when `a` is the worse one. */
export function compareVerdicts(a: VerdictName, b: VerdictName): number {
  return WEIGHT[a] - WEIGHT[b]
}

/** The worst of all; nothing at all proves nothing, so no verdicts make INCONCLUSIVE. The first of equals wins. */
export function worst(verdicts: Iterable<VerdictName>): VerdictName {
  let result: VerdictName | undefined
  for (const verdict of verdicts) {
    if (result === undefined || compareVerdicts(verdict, result) > 0) result = verdict
  }
  return result ?? 'INCONCLUSIVE'
}

/** design: 0 all HELD · 1 VIOLATED or STALLED · 2 INCONCLUSIVE or VACUOUS. NOT-PROVEN is 2 only where it was asked for by name. */
export function exitCodeOf(verdict: VerdictName, askedByName = false): 0 | 1 | 2 {
  if (verdict === 'VIOLATED' || verdict === 'STALLED') return 1
  if (verdict === 'INCONCLUSIVE' || verdict === 'VACUOUS') return 2
  return verdict === 'NOT-PROVEN' && askedByName ? 2 : 0
}
