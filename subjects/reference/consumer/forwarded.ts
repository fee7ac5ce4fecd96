import type { RecordToSend } from './producer.ts'
import { type ConsumedRecord, header } from './record.ts'

/**
 * Headers of a record that failed, as Spring Kafka names them; their values are text. The originals are those of the
 * first failure: they stay the same over all retries.
 */
export const ORIGINAL_TOPIC = 'kafka_original-topic'
export const ORIGINAL_PARTITION = 'kafka_original-partition'
export const ORIGINAL_OFFSET = 'kafka_original-offset'
export const ORIGINAL_TIMESTAMP = 'kafka_original-timestamp'
export const EXCEPTION_CLASS = 'kafka_exception-fqcn'
export const EXCEPTION_MESSAGE = 'kafka_exception-message'
/** How many attempts have failed. */
export const ATTEMPTS = 'retry_topic-attempts'
/** Not to be worked on before this time, in milliseconds since 1970. */
export const DUE = 'retry_topic-backoff-timestamp'

const OF_FAILURE = new Set([
  ORIGINAL_TOPIC,
  ORIGINAL_PARTITION,
  ORIGINAL_OFFSET,
  ORIGINAL_TIMESTAMP,
  EXCEPTION_CLASS,
  EXCEPTION_MESSAGE,
  ATTEMPTS,
  DUE,
])

/** A broker's limit counts headers too: what an error has to say must not make a record too large. */
const LONGEST_MESSAGE = 1000

/** The record as it goes to a retry topic or the dead letters: key, value and foreign headers as they came. */
export function failed(
  record: ConsumedRecord,
  error: unknown,
  to: { readonly topic: string; readonly attempts: number; readonly dueAt?: number },
): RecordToSend {
  const cause = error instanceof Error ? error : new Error(String(error))
  const original = (name: string, byDefault: unknown) =>
    [name, header(record, name) ?? String(byDefault)] as const
  return {
    topic: to.topic,
    key: record.key,
    value: record.value,
    headers: [
      ...withoutFailure(record),
      original(ORIGINAL_TOPIC, record.topic),
      original(ORIGINAL_PARTITION, record.partition),
      original(ORIGINAL_OFFSET, record.offset),
      original(ORIGINAL_TIMESTAMP, record.timestamp),
      [EXCEPTION_CLASS, cause.constructor.name],
      [EXCEPTION_MESSAGE, cause.message.slice(0, LONGEST_MESSAGE)],
      [ATTEMPTS, String(to.attempts)],
      ...(to.dueAt === undefined ? [] : [[DUE, String(to.dueAt)] as const]),
    ],
  }
}

/** The headers that are not about a failure. */
export function withoutFailure(record: ConsumedRecord): ConsumedRecord['headers'] {
  return record.headers.filter(([name]) => !OF_FAILURE.has(name))
}

/** How often the record has failed already. */
export function attemptsBefore(record: ConsumedRecord): number {
  return wholeHeader(record, ATTEMPTS)
}

/** When a record of a retry topic is due; 0 for any other. */
export function dueAt(record: ConsumedRecord): number {
  return wholeHeader(record, DUE)
}

function wholeHeader(record: ConsumedRecord, name: string): number {
  const value = Number(header(record, name) ?? 0)
  return Number.isSafeInteger(value) && value >= 0 ? value : 0
}
