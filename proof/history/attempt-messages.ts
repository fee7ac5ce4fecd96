/**
 * Prefixes of the messages by which the database tells that an effect was tried (`made`), and that the harness made
 * the try fail (`spoiled`). The triggers of `gates/attempts.ts` write them, outside of their transaction; the
 * database observer shows them as `pg.message`, whose content names the event. What they write is the database's time, in
 * milliseconds since 1970, a space and the name.
 */
export const ATTEMPT = { made: 'eventproof.attempt', spoiled: 'eventproof.spoiled' } as const

/** What such a message tells: of which event, and when it was written, unless triggers of an older version wrote it. */
export function attemptTold(content: string): { readonly event: string; readonly saidAt?: number } {
  const [, time, event] = /^(\d+(?:\.\d+)?) (.*)$/s.exec(content) ?? []
  return event === undefined ? { event: content } : { event, saidAt: Number(time) }
}

export function isAttempt(prefix: string): boolean {
  return prefix === ATTEMPT.made || prefix === ATTEMPT.spoiled
}
