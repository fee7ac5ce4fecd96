import { EventproofError } from '../../core/error.ts'

/** The config file is missing, can't be read, or says something that we don't understand. */
export class ConfigInvalid extends EventproofError {
  override readonly code = 'EVENTPROOF_CONFIG_INVALID'
  override readonly exitCode = 64
}
