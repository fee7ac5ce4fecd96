import { Rejected } from '../consumer/failure.ts'
import type { Payment } from './payment.ts'

/** Takes the money. @throws {Rejected} when it never will, {@link GatewayUnavailable} when it may another time */
export type Charge = (payment: Payment) => Promise<void>

/** The gateway did not say yes, and may another time. */
export class GatewayUnavailable extends Error {
  override readonly name = 'GatewayUnavailable'
}

/** Headers by which the gateway knows what it is asked for. */
export type KnownBy = (payment: Payment) => Readonly<Record<string, string>>

const byEvent: KnownBy = ({ eventId, traceparent }) => ({
  'idempotency-key': eventId,
  ...(traceparent === undefined ? {} : { traceparent }),
})

/**
 * An outside gateway: one POST a call. The Idempotency-Key is the event's id, so that it takes the money once, however
 * often it is asked.
 * @param patience milliseconds to wait for an answer
 */
export function httpGateway(url: string, patience: number, knownBy = byEvent): Charge {
  return async (payment) => {
    const { paymentId, amount } = payment
    const status = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...knownBy(payment) },
      body: JSON.stringify({ paymentId, amount }),
      signal: AbortSignal.timeout(patience),
    }).then(answered, (cause) => {
      throw new GatewayUnavailable(`the gateway gave no answer: ${reason(cause)}`, { cause })
    })
    if (status >= 200 && status < 300) return
    const message = `the gateway answered ${status}`
    throw isFinal(status) ? new Rejected(message) : new GatewayUnavailable(message)
  }
}

/** 4xx says that the request is at fault; 408 and 429 that it came at a bad time. */
function isFinal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 429
}

/** The status alone counts; the body is read so that the connection can be used again. */
async function answered(response: Response): Promise<number> {
  await response.arrayBuffer().catch(() => {})
  return response.status
}

function reason(error: unknown): string {
  const { message, cause } = error as Error
  return cause instanceof Error && cause.message !== '' ? cause.message : message
}
