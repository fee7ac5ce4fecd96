import type { Pool, PoolClient } from 'pg'
import { isRetriable } from '../consumer/failure.ts'
import { type ConsumedRecord, place } from '../consumer/record.ts'
import type { Handle } from '../consumer/work.ts'
import { log, textOf } from '../service/log.ts'
import { transaction } from '../service/transaction.ts'
import type { Order } from './order.ts'

/** What records go through, in this order. */
export interface Steps {
  readonly database: Pool
  readonly orderOf: (record: ConsumedRecord) => Order
  readonly ship: (tx: PoolClient, orders: readonly Order[]) => Promise<void>
  /** Resolves when a record that can never be worked on is stored elsewhere. */
  readonly giveUp: (record: ConsumedRecord, error: unknown, closing: AbortSignal) => Promise<void>
}

/**
 * Ships all orders of a lane in one transaction. One that the database refuses must not hold the others up: the
 * lane is halved until that one is alone, and given up. What passes by is thrown, and the same records come
 * again: the order of a key is worth more here than that the next one goes on.
 */
export function fulfill({ database, orderOf, ship, giveUp }: Steps): Handle {
  return async (records, done, closing) => {
    const finish = async (record: ConsumedRecord, error: unknown) => {
      log('given up', { record: place(record), error: textOf(error) })
      await giveUp(record, error, closing)
      done(record)
    }

    const shipAll = async (lane: readonly Readable[]): Promise<void> => {
      try {
        await transaction(database, (tx) =>
          ship(
            tx,
            lane.map(({ order }) => order),
          ),
        )
        for (const { record } of lane) done(record)
      } catch (error) {
        const [first] = lane
        if (first === undefined || isRetriable(error)) throw error
        if (lane.length === 1) return finish(first.record, error)
        const half = Math.ceil(lane.length / 2)
        await shipAll(lane.slice(0, half))
        await shipAll(lane.slice(half))
      }
    }

    const readable: Readable[] = []
    for (const record of records) {
      try {
        readable.push({ record, order: orderOf(record) })
      } catch (error) {
        if (isRetriable(error)) throw error
        await finish(record, error)
      }
    }
    if (readable.length > 0) await shipAll(readable)
  }
}

interface Readable {
  readonly record: ConsumedRecord
  readonly order: Order
}
