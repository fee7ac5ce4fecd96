/** What is written down where not everything came through in time: the guard that counts trials tells it. */
export function lateText(waitedFor: string, within: number): string {
  return `not all came through within ${(within / 1000).toFixed(0)} s: ${waitedFor}`
}
