import { EventproofError } from '../core/error.ts'

/** A run directory that a report can't be made from: a file is missing, damaged or of another version. */
export class RunUnreadable extends EventproofError {
  override readonly code = 'EVENTPROOF_RUN_UNREADABLE'
}
