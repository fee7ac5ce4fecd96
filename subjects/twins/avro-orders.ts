import { setTimeout as pause } from 'node:timers/promises'
import { UndecodableEvent } from '../reference/consumer/event.ts'
import type { ConsumedRecord } from '../reference/consumer/record.ts'
import type { Handle } from '../reference/consumer/work.ts'
import { fulfillmentFromEnvironment, runFulfillment } from '../reference/fulfillment/setup.ts'
import { AvroValues } from './avro-values.ts'

/** Milliseconds until a schema is asked for again. */
const AGAIN = 200

/** What was fetched of one lane. */
interface Lane {
  /** What nobody can read for now, in its order. */
  readonly unread: readonly ConsumedRecord[]
  /** Why. */
  readonly reason: unknown
  /** Ships all the others. */
  ship(): Promise<void>
  /** Of a record that need not come again. */
  done(record: ConsumedRecord): void
  /** Tries to ship a record until that succeeds. */
  shipLater(record: ConsumedRecord): Promise<void>
}

/** Runs a fulfillment that reads orders in Avro. @param work what it does with a lane, some of which it may not be able to read */
export function runAvroFulfillment(work: (lane: Lane) => Promise<void>): void {
  const setup = fulfillmentFromEnvironment()
  const { handle } = setup.consumer
  const values = new AvroValues()
  // What never will be readable is the reference's to give up.
  const read = (record: ConsumedRecord) =>
    values.inJson(record).catch((error) => {
      if (error instanceof UndecodableEvent) return record
      throw error
    })
  const reading: Handle = async (records, done, closing) => {
    const known = new Map<ConsumedRecord, ConsumedRecord>()
    const unread: ConsumedRecord[] = []
    let reason: unknown
    for (const record of records)
      await read(record).then(
        (one) => known.set(one, record),
        (error) => {
          unread.push(record)
          reason = error
        },
      )
    await work({
      unread,
      reason,
      done,
      ship: () => handle([...known.keys()], (one) => done(known.get(one) ?? one), closing),
      async shipLater(record) {
        for (;;) {
          await pause(AGAIN)
          const one = await read(record).catch(() => undefined)
          if (one !== undefined) return handle([one], () => {}, closing)
        }
      },
    })
  }
  runFulfillment({ ...setup, consumer: { ...setup.consumer, handle: reading } })
}
