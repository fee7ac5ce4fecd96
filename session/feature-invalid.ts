import { EventproofError } from '../core/error.ts'

/** A feature can't be read, or says what nobody understands: the place in the file is named. */
export class FeatureInvalid extends EventproofError {
  override readonly code = 'EVENTPROOF_FEATURE_INVALID'
  override readonly exitCode = 64
}
