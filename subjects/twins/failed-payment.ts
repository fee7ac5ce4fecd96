import { setTimeout as pause } from 'node:timers/promises'
import { insist } from '../reference/consumer/insist.ts'
import type { RecordToSend } from '../reference/consumer/producer.ts'
import type { ConsumedRecord } from '../reference/consumer/record.ts'
import type { Steps } from '../reference/payment/pay.ts'
import { afterFailure, type RetryPlan } from '../reference/payment/retry-plan.ts'
import { type PaymentSetup, paymentFromEnvironment, runPayment } from '../reference/payment/setup.ts'
import { transaction } from '../reference/service/transaction.ts'

/** Takes payments as the reference does, with some steps of an attempt replaced. */
export function payWith(change: (setup: PaymentSetup) => Partial<Steps>): void {
  const setup = paymentFromEnvironment()
  runPayment({ ...setup, consumers: setup.withSteps(change(setup)) })
}

/** The same with another opinion on where a failed record goes, and as what. */
export function payPassingOn(
  toSend: (record: ConsumedRecord, error: unknown, plan: RetryPlan) => RecordToSend,
): void {
  payWith(({ producer, plan }) => ({
    passOn: (record, error, closing) => insist(producer, toSend(record, error, plan), closing),
  }))
}

/** Where the reference would send it now, by this plan. */
export function sentBy(plan: RetryPlan, record: ConsumedRecord, error: unknown): RecordToSend {
  return afterFailure(plan, record, error, Date.now())
}

/** One more attempt at once. */
export async function attemptAgain(
  { database, paymentOf, charge, book }: Steps,
  record: ConsumedRecord,
): Promise<void> {
  const payment = await paymentOf(record)
  await charge(payment)
  await transaction(database, (tx) => book(tx, payment))
}

/** Where nobody else gets to work meanwhile. */
export async function sleep(milliseconds: number, closing: AbortSignal): Promise<void> {
  await pause(milliseconds, undefined, { signal: closing }).catch(() => {})
}
