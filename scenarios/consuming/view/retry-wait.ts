/** Milliseconds by which a retry may start late, beside a quarter of its delay. */
export const LATE = 500

/**
 * How long a retry may wait, in milliseconds: at least its declared delay, at most that, a quarter of it and `late`,
 * the plan's bound for a machine that is busy (RD2).
 */
export function allowedWait(delay: number, late: number): { readonly from: number; readonly to: number } {
  return { from: delay, to: delay + delay / 4 + late }
}
