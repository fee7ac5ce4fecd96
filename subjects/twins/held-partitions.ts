import type { ConsumerParts } from '../reference/consumer/consumer.ts'
import { isRetriable } from '../reference/consumer/failure.ts'
import { ATTEMPTS } from '../reference/consumer/forwarded.ts'
import { type ConsumedRecord, partitionName, place } from '../reference/consumer/record.ts'
import type { Handle } from '../reference/consumer/work.ts'
import { paymentFromEnvironment, runPayment } from '../reference/payment/setup.ts'
import { log, textOf } from '../reference/service/log.ts'
import { attemptAgain } from './failed-payment.ts'

/** What is known of a record that failed, for as long as it is held. */
interface Held {
  readonly attempts: number
  readonly dueAt: number
}

/**
 * Takes payments with retries in place: a record that failed is not done, those behind it on its partition wait for it,
 * and the partition is read on when the record is due. What was counted is forgotten with the process.
 */
export function holdingPartitions(): void {
  const setup = paymentFromEnvironment()
  const { steps, plan } = setup
  const held = new Map<string, Held>()
  const [first] = setup.consumers as readonly [ConsumerParts]

  const failed = async (record: ConsumedRecord, error: unknown, closing: AbortSignal): Promise<boolean> => {
    const before = held.get(place(record))?.attempts ?? 0
    const next = isRetriable(error) ? plan.retries[before] : undefined
    log('an attempt failed', { record: place(record), error: textOf(error) })
    if (next === undefined) {
      const counted = [ATTEMPTS, Buffer.from(String(plan.retries.length))] as const
      const last = isRetriable(error) ? { ...record, headers: [...record.headers, counted] } : record
      await steps.passOn(last, error, closing)
      held.delete(place(record))
      return true
    }
    held.set(place(record), { attempts: before + 1, dueAt: Date.now() + next.delay })
    return false
  }

  const handle: Handle = async (records, done, closing) => {
    const waiting = new Set<string>()
    for (const record of records) {
      if (closing.aborted) return
      if (waiting.has(partitionName(record))) continue
      const isDone = await attemptAgain(steps, record).then(
        () => true,
        (error) => failed(record, error, closing),
      )
      if (isDone) done(record)
      else waiting.add(partitionName(record))
    }
  }

  const settings = { ...first.settings, workers: 1 }
  const dueAt = (record: ConsumedRecord) => held.get(place(record))?.dueAt ?? 0
  runPayment({ ...setup, consumers: [{ settings, handle, dueAt }] })
}
