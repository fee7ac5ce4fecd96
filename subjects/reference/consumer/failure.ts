import { UndecodableEvent } from './event.ts'

/** Somebody outside said no to this event, and would say so again. */
export class Rejected extends Error {
  override readonly name = 'Rejected'
}

/**
 * Whether it is worth trying again: not where the event itself is at fault (it can't be read, somebody rejected it,
 * the database refused its data: SQLSTATE classes 22 and 23). Connections, rollbacks, locks, resources and
 * shutdowns (08, 40, 55, 53, 57) pass, and what nobody knows is taken for passing: an attempt too many costs little,
 * an event that is given up too early costs somebody's work.
 */
export function isRetriable(error: unknown): boolean {
  if (error instanceof UndecodableEvent || error instanceof Rejected) return false
  return !/^(22|23)...$/.test(sqlState(error) ?? '')
}

/** The database's code for an error, also of one that was wrapped. */
function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  const { code, severity } = error as { code?: unknown; severity?: unknown }
  return typeof code === 'string' && severity !== undefined ? code : sqlState(error.cause)
}
