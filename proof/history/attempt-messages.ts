/**
 * Prefixes of the messages by which the database tells that an effect was tried (`made`), and that the harness made
 * the try fail (`spoiled`). The triggers of `gates/attempts.ts` write them, outside of their transaction; the
 * database observer shows them as `pg.message`, whose content names the event.
 */
export const ATTEMPT = { made: 'eventproof.attempt', spoiled: 'eventproof.spoiled' } as const
