import { EventproofError } from '../../../core/error.ts'

/** A service of a compose file can not be run as it is described there. */
export class ComposeUnfit extends EventproofError {
  override readonly code = 'EVENTPROOF_COMPOSE_UNFIT'
  override readonly exitCode = 64
}
