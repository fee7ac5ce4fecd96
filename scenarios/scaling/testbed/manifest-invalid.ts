import { EventproofError } from '../../../core/error.ts'

/** The manifests of a scaled workload can't be read, or lack what scaling needs. */
export class ManifestInvalid extends EventproofError {
  override readonly code = 'EVENTPROOF_MANIFEST_INVALID'
}
