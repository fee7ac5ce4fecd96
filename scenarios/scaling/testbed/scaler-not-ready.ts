import { EventproofError } from '../../../core/error.ts'

/** KEDA does not take the ScaledObject, or can not ask its trigger. */
export class ScalerNotReady extends EventproofError {
  override readonly code = 'EVENTPROOF_SCALER_NOT_READY'
}
