import { z } from 'zod'
import type { Declared } from '../../subjects/contract/declared.ts'
import { duration, text, topic } from '../../subjects/contract/words.ts'

export const retry = z
  .strictObject({
    /** All attempts, the first one included. */
    attempts: z.int().min(1),
    /** Before attempt 2, 3, …; one less than `attempts`. */
    delays: z.array(duration),
    /** Retry topics in order; `[]` where the consumer retries in place. */
    topics: z.array(topic),
    deadLetter: topic,
    /** Names of the headers that a dead letter must carry, each where there is one. */
    headers: z
      .strictObject({
        topic: text.exactOptional(),
        partition: text.exactOptional(),
        offset: text.exactOptional(),
        timestamp: text.exactOptional(),
        errorClass: text.exactOptional(),
        errorMessage: text.exactOptional(),
        attempts: text.exactOptional(),
        traceparent: text.exactOptional(),
      })
      .exactOptional(),
  })
  .refine(
    ({ attempts, delays }) => delays.length === attempts - 1,
    "one delay less than there are attempts: { attempts: 4, delays: ['1s', '2s', '4s'] }",
  )
  .refine(
    ({ delays, topics }) => topics.length === 0 || topics.length === delays.length,
    'a retry topic for each delay, or none where the consumer retries in place',
  )

export interface RetryConfig extends Declared<typeof retry> {}
