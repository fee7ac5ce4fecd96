import { EXCEPTION_MESSAGE, ORIGINAL_TOPIC, withoutFailure } from '../consumer/forwarded.ts'
import type { RecordToSend } from '../consumer/producer.ts'
import { type ConsumedRecord, header } from '../consumer/record.ts'

/** How often a record was sent back to its topic; stays with it through retries and dead letters. */
export const REDRIVES = 'redrive-count'

/** What has to be known of a dead letter in order to decide about it. */
export interface DeadLetter {
  readonly record: ConsumedRecord
  readonly eventId: string | undefined
  readonly originalTopic: string
  readonly error: string
  readonly redrives: number
}

/** @param originalTopic where it goes when its headers don't say where it came from */
export function deadLetter(record: ConsumedRecord, originalTopic: string): DeadLetter {
  const redrives = Number(header(record, REDRIVES) ?? 0)
  return {
    record,
    eventId: header(record, 'eventId') ?? header(record, 'ce_id'),
    originalTopic: header(record, ORIGINAL_TOPIC) ?? originalTopic,
    error: header(record, EXCEPTION_MESSAGE) ?? '',
    redrives: Number.isSafeInteger(redrives) && redrives >= 0 ? redrives : 0,
  }
}

/**
 * The record as it was before it failed, with one more redrive on its count. Nothing is said of earlier failures, so
 * that its attempts begin at 1 again.
 */
export function redriven({ record, originalTopic, redrives }: DeadLetter): RecordToSend {
  return {
    topic: originalTopic,
    key: record.key,
    value: record.value,
    headers: [
      ...withoutFailure(record).filter(([name]) => name !== REDRIVES),
      [REDRIVES, String(redrives + 1)],
    ],
  }
}

/** The record as it is, where nobody redrives it any more. */
export function parked({ record }: DeadLetter, parkingLot: string): RecordToSend {
  return { topic: parkingLot, key: record.key, value: record.value, headers: record.headers }
}
