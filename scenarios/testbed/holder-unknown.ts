import { EventproofError } from '../../core/error.ts'
import type { Waiting } from '../../proof/gates/gate-locks.ts'

/** Nobody can tell which of several instances stands at a gate. */
export class HolderUnknown extends EventproofError {
  override readonly code = 'EVENTPROOF_HOLDER_UNKNOWN'
}

/** The backend that waits came through none of the doors. */
export function holderUnknown(subject: string, waiting: Waiting | undefined): HolderUnknown {
  return new HolderUnknown(`nobody can tell which instance of ${subject} is at work`, {
    what: `the backend ${waiting?.pid ?? ''} (${waiting?.applicationName ?? ''}) came by another way than through the address that its instance was given`,
    hint: 'connect to {postgres.host} and {postgres.port}, or {postgres.url}, in each instance',
  })
}
