import { isRetriable } from '../consumer/failure.ts'
import { attemptsBefore, failed } from '../consumer/forwarded.ts'
import type { RecordToSend } from '../consumer/producer.ts'
import type { ConsumedRecord } from '../consumer/record.ts'

/** Where a record goes when an attempt failed. */
export interface RetryPlan {
  /** In their order: after the first failed attempt, after the second, … */
  readonly retries: readonly RetryTopic[]
  readonly deadLetters: string
}

export interface RetryTopic {
  readonly topic: string
  /** Milliseconds from the failed attempt to the next one. */
  readonly delay: number
}

/**
 * What becomes of a record whose attempt failed just now: it goes to the retry topic of that attempt, or to the dead
 * letters, when no attempt is left or none would help.
 * @param now milliseconds since 1970
 */
export function afterFailure(
  { retries, deadLetters }: RetryPlan,
  record: ConsumedRecord,
  error: unknown,
  now: number,
): RecordToSend {
  const attempts = attemptsBefore(record) + 1
  const next = isRetriable(error) ? retries[attempts - 1] : undefined
  return next === undefined
    ? failed(record, error, { topic: deadLetters, attempts })
    : failed(record, error, { topic: next.topic, attempts, dueAt: now + next.delay })
}

/**
 * @param topics names, separated by commas
 * @param delays milliseconds, separated by commas, one a topic
 * @throws {Error} when there are more of one than of the other, or a delay is no number
 */
export function retryTopics(topics: string, delays: string, prefix: string): readonly RetryTopic[] {
  const names = listed(topics)
  const numbers = listed(delays).map(Number)
  if (names.length !== numbers.length)
    throw new Error(`RETRY_TOPICS names ${names.length} topics, RETRY_DELAYS_MS ${numbers.length} delays`)
  return names.map((name, index) => {
    const delay = numbers[index] ?? Number.NaN
    if (!Number.isInteger(delay) || delay < 0)
      throw new Error(`RETRY_DELAYS_MS is '${delays}', not whole numbers`)
    return { topic: prefix + name, delay }
  })
}

function listed(text: string): string[] {
  return text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
}
