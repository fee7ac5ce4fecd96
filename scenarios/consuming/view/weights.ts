import type { RowChange } from '../../../proof/history/event.ts'

/**
 * Positional weights: amounts of which each is more than three times the sum of all smaller ones, so that a sum tells how
 * often each was added, up to three times.
 */

/** So many of one key keep a sum of them, each added three times, inside of 32 bits. */
export const MOST_WEIGHTS = 14

/** 1, 4, 16, …: the `n`th from 0. */
export function weightAt(n: number): number {
  return 4 ** n
}

/** Which weights a growth is made of, with how often; undefined where it is no sum of them. */
export function weightsIn(growth: number): ReadonlyMap<number, number> | undefined {
  if (!Number.isSafeInteger(growth) || growth <= 0) return undefined
  const found = new Map<number, number>()
  let rest = growth
  for (let weight = 1; rest > 0; weight *= 4) {
    const times = rest % 4
    if (times > 0) found.set(weight, times)
    rest = Math.floor(rest / 4)
  }
  return found
}

/** The weights that were added to a sum in a row, where its table keeps what was there before. */
export function weightsOf({ before, after }: Pick<RowChange, 'before' | 'after'>, sum: string): number[] {
  return [...(weightsIn(Number(after?.[sum] ?? 0) - Number(before?.[sum] ?? 0))?.keys() ?? [])]
}
