import { z } from 'zod'
import { outputs } from './outputs-schema.ts'
import { redrive } from './redrive-schema.ts'
import { duration, eventId, text, topic } from './words.ts'

const retry = z
  .strictObject({
    attempts: z.int().min(1),
    delays: z.array(duration),
    topics: z.array(topic),
    deadLetter: topic,
    headers: z
      .strictObject({
        topic: text.optional(),
        partition: text.optional(),
        offset: text.optional(),
        timestamp: text.optional(),
        errorClass: text.optional(),
        errorMessage: text.optional(),
        attempts: text.optional(),
        traceparent: text.optional(),
      })
      .optional(),
  })
  .refine(
    ({ attempts, delays }) => delays.length === attempts - 1,
    "one delay less than there are attempts: { attempts: 4, delays: ['1s', '2s', '4s'] }",
  )
  .refine(
    ({ delays, topics }) => topics.length === 0 || topics.length === delays.length,
    'a retry topic for each delay, or none where the consumer retries in place',
  )

export const consumer = z.strictObject({
  service: text,
  topic,
  group: text,
  eventId,
  event: z.strictObject({
    key: text.optional(),
    headers: z.record(z.string(), z.string()).optional(),
    json: z.unknown(),
  }),
  effects: z
    .strictObject({
      table: text,
      eventId: text.optional(),
      key: text.optional(),
      amount: text.optional(),
      sum: text.optional(),
      version: text.optional(),
    })
    .refine(
      ({ eventId, amount, sum }) => [eventId, amount, sum].some((column) => column !== undefined),
      'a column that tells whose effect a row is: eventId, amount or sum',
    )
    .refine(
      ({ eventId, key, amount, sum, version }) =>
        sum === undefined ||
        (key !== undefined && [eventId, amount, version].every((one) => one === undefined)),
      'with sum: key, and neither eventId nor amount nor version, for a row holds many events',
    ),
  dedupe: z.strictObject({ table: text, eventId: text }).optional(),
  versions: z.strictObject({ table: text, key: text, version: text }).optional(),
  calls: z.strictObject({ idempotencyKey: text }).optional(),
  outputs: outputs.optional(),
  retry: retry.optional(),
  redrive: redrive.optional(),
  progress: z.enum(['kafka', 'own']).optional(),
  order: z.enum(['per-key', 'none']).optional(),
  dedupeWithin: duration.optional(),
  longestWork: duration.optional(),
  partitions: z.int().min(1).max(64).optional(),
  workers: z.int().min(1).optional(),
  recoverWithin: duration.optional(),
  headOfLine: duration.optional(),
  expiry: z
    .strictObject({ session: duration, poll: duration, env: z.record(z.string(), z.string()) })
    .optional(),
})

export const scaling = z.strictObject({
  manifests: z.array(text).min(1),
  consumer: text,
  images: z.record(z.string(), z.array(text).min(1)).optional(),
  env: z.record(z.string(), z.string()).optional(),
  startWithin: duration.optional(),
  wakesAt: z.int().min(1).optional(),
  quick: z.strictObject({ pollingInterval: z.int().min(1), cooldownPeriod: z.int().min(0) }).optional(),
})
