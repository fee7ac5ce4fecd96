import { EventproofError, messageOf } from '../core/error.ts'
import { DeadlinePassed } from '../core/until.ts'
import type { NewEvent } from '../proof/history/event.ts'

/**
 * Waits for the subject to be well after a fault was undone. That it does not come back in its time is its own failure,
 * and no instrument's: it is written down, the fault is over, and the predicates of progress decide.
 * @returns what the wait came to; undefined where it came to nothing
 * @throws what is not the subject's
 */
export async function subjectBack<T>(
  waiting: Promise<T>,
  record: (event: NewEvent) => void,
): Promise<T | undefined> {
  try {
    return await waiting
  } catch (error) {
    if (!isOfSubject(error)) throw error
    const last = error instanceof EventproofError ? error.detail.last : undefined
    const text = `after the fault the subject does not come back: ${messageOf(error)}${last ? ` (last: ${last})` : ''}`
    record({ kind: 'note', text })
    return undefined
  }
}

/** A deadline for the subject has passed, or it ended by itself. */
function isOfSubject(error: unknown): boolean {
  if (error instanceof DeadlinePassed) return true
  if (!(error instanceof EventproofError)) return false
  return error.cause instanceof DeadlinePassed || error.code === 'EVENTPROOF_SERVICE_DIED'
}
