import { httpGateway, type KnownBy } from '../reference/payment/gateway.ts'
import { required } from '../reference/service/environment.ts'
import { payWith } from './failed-payment.ts'

/** Takes payments as the reference does, and tells the gateway otherwise what it is asked for. */
export function payKnownBy(knownBy: KnownBy): void {
  payWith(() => ({ charge: httpGateway(required('PAYMENT_GATEWAY_URL'), 3000, knownBy) }))
}
