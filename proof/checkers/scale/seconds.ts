/** Milliseconds as "4.2 s". */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`
}

/** " (clock error 1.0 s: so long nobody looked)": printed with every judgement that reads clocks. */
export function clockError(milliseconds: number): string {
  return ` (clock error ${seconds(milliseconds)}, the longest time between two looks)`
}
