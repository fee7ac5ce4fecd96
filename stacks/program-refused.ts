import { EventproofError } from '../core/error.ts'

/** A driver can not run such a program. */
export class ProgramRefused extends EventproofError {
  override readonly code = 'EVENTPROOF_PROGRAM_REFUSED'
}
