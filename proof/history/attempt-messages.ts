/**
 * Prefixes of the messages by which the database tells that an effect was tried (`made`), and that the harness made
 * the try fail (`spoiled`). The triggers of `gates/attempts.ts` write them, outside of their transaction; the
 * database observer shows them as `pg.message`, whose content names the event. What they write is the database's time, in
 * milliseconds since 1970, a space and the name.
 */
export const ATTEMPT = { made: 'eventproof.attempt', spoiled: 'eventproof.spoiled' } as const

/** What such a message tells: when it was written, and of which event. */
export function attemptTold(content: string): { readonly saidAt: number; readonly event: string } {
  const space = content.indexOf(' ')
  return { saidAt: Number(content.slice(0, space)), event: content.slice(space + 1) }
}

export function isAttempt(prefix: string): boolean {
  return prefix === ATTEMPT.made || prefix === ATTEMPT.spoiled
}
