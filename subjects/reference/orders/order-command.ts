/** "Make this order look like that": creates it or changes it. */
export interface OrderCommand {
  readonly orderId: string
  readonly customerId: string
  /** In the smallest unit of the currency. */
  readonly totalAmount: number
  /** A command that is repeated with the same key takes effect once. */
  readonly idempotencyKey: string
  /** W3C trace context of the caller. */
  readonly traceparent: string | undefined
}

export class InvalidCommand extends Error {
  override readonly name = 'InvalidCommand'
}

/** Checks a request body. @throws {InvalidCommand} that names the field. */
export function orderCommand(
  orderId: string,
  body: unknown,
  context: { readonly idempotencyKey: string; readonly traceparent: string | undefined },
): OrderCommand {
  if (typeof body !== 'object' || body === null) throw new InvalidCommand('the body is not a JSON object')
  const { customerId, totalAmount } = body as Record<string, unknown>
  if (typeof customerId !== 'string' || customerId === '') {
    throw new InvalidCommand('customerId is not a non-empty string')
  }
  if (typeof totalAmount !== 'number' || !Number.isSafeInteger(totalAmount) || totalAmount < 0) {
    throw new InvalidCommand('totalAmount is not a whole number ≥ 0')
  }
  return { orderId, customerId, totalAmount, ...context }
}
