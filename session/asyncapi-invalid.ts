import { EventproofError } from '../core/error.ts'

/** An AsyncAPI document that does not say what a service sends and receives. */
export class AsyncApiInvalid extends EventproofError {
  override readonly code = 'EVENTPROOF_ASYNCAPI_INVALID'
  override readonly exitCode = 64
}
