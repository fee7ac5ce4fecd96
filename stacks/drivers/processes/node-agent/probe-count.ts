import type { V1Probe } from '@kubernetes/client-node'

/** Results in a row; `verdict` is undefined until a threshold was reached for the first time. */
export interface ProbeCount {
  readonly passed: number
  readonly failed: number
  readonly verdict: boolean | undefined
}

export const NOTHING_COUNTED: ProbeCount = { passed: 0, failed: 0, verdict: undefined }

/** One more result: the verdict turns when `successThreshold` passes or `failureThreshold` failures came in a row. */
export function counted(
  count: ProbeCount,
  passed: boolean,
  { successThreshold = 1, failureThreshold = 3 }: V1Probe,
): ProbeCount {
  const row = passed ? { passed: count.passed + 1, failed: 0 } : { passed: 0, failed: count.failed + 1 }
  if (row.passed >= successThreshold) return { ...row, verdict: true }
  if (row.failed >= failureThreshold) return { ...row, verdict: false }
  return { ...row, verdict: count.verdict }
}
