import { EventproofError } from '../../core/error.ts'

/** A schema registry does not answer, or not as Confluent's API does. */
export class RegistryFailed extends EventproofError {
  override readonly code = 'EVENTPROOF_REGISTRY_FAILED'
}
