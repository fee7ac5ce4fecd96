import type { Pool, PoolClient } from 'pg'
import { type ConsumedRecord, place } from '../consumer/record.ts'
import type { Handle } from '../consumer/work.ts'
import { log, textOf } from '../service/log.ts'
import { inSpan, type Tracer } from '../service/tracer.ts'
import { transaction } from '../service/transaction.ts'
import type { Charge } from './gateway.ts'
import type { Payment } from './payment.ts'

/** What a record goes through, in this order. */
export interface Steps {
  readonly database: Pool
  readonly tracer: Pick<Tracer, 'begin'>
  readonly paymentOf: (record: ConsumedRecord) => Payment | Promise<Payment>
  readonly charge: Charge
  readonly book: (tx: PoolClient, payment: Payment) => Promise<void>
  /** Resolves when a record whose attempt failed is stored elsewhere. */
  readonly passOn: (record: ConsumedRecord, error: unknown, closing: AbortSignal) => Promise<void>
}

/**
 * One attempt a record: the gateway takes the money, then the payment is booked. A record that fails is passed on,
 * and those behind it don't wait: payments of one key may overtake each other, which nobody minds here.
 */
export function pay({ database, tracer, paymentOf, charge, book, passOn }: Steps): Handle {
  const attempt = async (record: ConsumedRecord) => {
    const payment = await paymentOf(record)
    await inSpan(tracer.begin('pay', 'consumer', payment.traceparent), async (traceparent) => {
      await charge({ ...payment, traceparent })
      await transaction(database, (tx) => book(tx, payment))
    })
  }
  return async (records, done, closing) => {
    for (const record of records) {
      if (closing.aborted) return
      try {
        await attempt(record)
      } catch (error) {
        log('an attempt failed', { record: place(record), error: textOf(error) })
        await passOn(record, error, closing)
      }
      done(record)
    }
  }
}
