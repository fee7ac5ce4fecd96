import { EventproofError } from '../core/error.ts'

/** The evidence is not what was sealed. */
export class EvidenceChanged extends EventproofError {
  override readonly code = 'EVENTPROOF_EVIDENCE_CHANGED'
  override readonly exitCode = 1
}
