import type { Waited } from '../view/waited.ts'

/** "40", or "between 38 and 40". */
export function range({ least, most }: Waited): string {
  return least === most ? `${least}` : `between ${least} and ${most}`
}

/** "4.2 s" */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`
}

/** "4.2 s (± 0.3 s)": by the time between two looks. */
export function secondsGive(milliseconds: number, error: number): string {
  return `${seconds(milliseconds)} (± ${seconds(error)})`
}
