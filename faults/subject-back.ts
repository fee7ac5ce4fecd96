import { EventproofError, messageOf } from '../core/error.ts'
import { DeadlinePassed } from '../core/until.ts'
import type { NewEvent } from '../proof/history/event.ts'
import type { RunningService } from '../stacks/stack.ts'

declare module '../proof/history/fact.ts' {
  interface Facts {
    /** A service that was started again after a fault did not become ready: why. */
    'service.gone': string
  }
}

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
    record({ kind: 'note', text: `after the fault the subject does not come back: ${saysOf(error)}` })
    return undefined
  }
}

function saysOf(error: unknown): string {
  const last = error instanceof EventproofError ? error.detail.last : undefined
  return `${messageOf(error)}${last ? ` (last: ${last})` : ''}`
}

/** The same of a service that is started again: that it is not ready in its time is a fact about it. */
export async function serviceBack(service: RunningService, record: (event: NewEvent) => void): Promise<void> {
  try {
    await service.restart()
  } catch (error) {
    if (!isOfSubject(error)) throw error
    const subject = `${service.name}#${service.instance}`
    record({ kind: 'fact', name: 'service.gone', subject, value: saysOf(error) })
  }
}

/** A deadline for the subject has passed, or it ended by itself. */
function isOfSubject(error: unknown): boolean {
  if (error instanceof DeadlinePassed) return true
  if (!(error instanceof EventproofError)) return false
  return error.cause instanceof DeadlinePassed || error.code === 'EVENTPROOF_SERVICE_DIED'
}
