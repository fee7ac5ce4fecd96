import { EventproofError } from './error.ts'

/** The command line can't be understood: what was typed, and what would have been. */
export class UsageError extends EventproofError {
  override readonly code = 'EVENTPROOF_USAGE'
  override readonly exitCode = 64
}
