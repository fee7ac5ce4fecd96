/**
 * 0 violations in `n` independent trials: with 95 % confidence the probability of a violation per trial, under
 * this schedule, is below `1 − 0.05^(1/n)` (about 3/n). Null where nothing was tried.
 */
export function boundOf(trials: number): number | null {
  return trials > 0 ? 1 - 0.05 ** (1 / trials) : null
}

/** `< 4.9 % per trial under this schedule at 95 %`, or an empty text. Rounded up: a bound must not flatter. */
export function boundInWords(bound: number | null): string {
  if (bound === null) return ''
  const percent = Math.min(100, Math.ceil(bound * 1000) / 10)
  return `< ${percent} % per trial under this schedule at 95 %`
}
