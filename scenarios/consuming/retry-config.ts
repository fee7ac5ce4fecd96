import { z } from 'zod'
import type { Declared } from '../../subjects/contract/declared.ts'
import { duration, text, topic } from '../../subjects/contract/words.ts'

const never = z
  .strictObject({
    /** Answers of what it calls, such as [422]. */
    http: z.array(z.int().min(400).max(599)).min(1).exactOptional(),
    /** What the database says, such as ['23514']. */
    sqlstate: z
      .array(z.string().regex(/^[0-9A-Z]{5}$/, "an SQLSTATE such as '23514'"))
      .min(1)
      .exactOptional(),
    /** Values that can't be read. */
    unreadable: z.literal(true).exactOptional(),
  })
  .refine((never) => Object.keys(never).length > 0, 'http, sqlstate or unreadable')

export const retry = z
  .strictObject({
    /** All attempts, the first one included. */
    attempts: z.int().min(1),
    /** Before attempt 2, 3, …; one less than `attempts`. */
    delays: z.array(duration),
    /** Retry topics in order; `[]` where the consumer retries in place. */
    topics: z.array(topic),
    deadLetter: topic,
    /** Partitions of the dead-letter topic, where they are not as many as those of the consumer's other topics. */
    deadLetterPartitions: z.int().min(1).max(64).exactOptional(),
    /**
     * Whose failures are tried again so: of what it calls, of its database. Default: both, in turn, where `calls` is declared,
     * else those of the database.
     */
    of: z
      .array(z.enum(['calls', 'database']))
      .min(1)
      .exactOptional(),
    /** What must not be tried again (RD5). Without it that is not asked for: some retry whatever the error says. */
    never: never.exactOptional(),
    /** Names of the headers that a dead letter must carry, each where there is one. */
    headers: z
      .strictObject({
        /** The topic that it came from, with the prefix or as the config names it. */
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
