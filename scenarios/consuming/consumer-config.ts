import { z } from 'zod'
import type { Declared } from '../../subjects/contract/declared.ts'
import { tracing } from '../../subjects/contract/tracing.ts'
import { duration, eventId, marked, name, text, texts, topic } from '../../subjects/contract/words.ts'
import { strategy } from '../registry-config.ts'
import { outputs } from './outputs-config.ts'
import { redrive } from './redrive-config.ts'
import { retry } from './retry-config.ts'

const effects = z
  .strictObject({
    table: text,
    eventId: text.exactOptional(),
    key: text.exactOptional(),
    amount: text.exactOptional(),
    /**
     * Without an id: a number, one row a `key`, to which handling an event adds the event's amount. The load then gives
     * each event of a key a power of four, so that a sum tells which events it holds and how often.
     */
    sum: text.exactOptional(),
    /** A column that must never go down for a key. */
    version: text.exactOptional(),
    /**
     * Where a row is there before its work is done: a column that is set when it is, or what a status then says:
     * `{ column: 'status', is: 'done' }`. Only then the event has taken effect. Left out: as soon as the row is there.
     */
    done: marked('done').exactOptional(),
  })
  .refine(
    ({ eventId, amount, sum }) => [eventId, amount, sum].some((column) => column !== undefined),
    'a column that tells whose effect a row is: eventId, amount or sum',
  )
  .refine(
    ({ eventId, key, amount, sum, version, done }) =>
      sum === undefined ||
      (key !== undefined && [eventId, amount, version, done].every((one) => one === undefined)),
    'with sum: key, and neither eventId nor amount nor version nor done, for a row holds many events',
  )

export const consumer = z.strictObject({
  service: text,
  /** Without the topic prefix, which the service puts before it. */
  topic,
  /** Without the topic prefix, which the service puts before it, too. */
  group: text,
  eventId,
  /** What the load puts on the topic. */
  event: z.strictObject({
    /** Default '{key}'. */
    key: text.exactOptional(),
    headers: texts.exactOptional(),
    json: z.unknown(),
    /**
     * That values are written as the serializers of a schema registry do, by the schema in this file (`.avsc`, `.proto`,
     * `.json`), which is registered before the first of them: `json` is what they say.
     */
    registry: z.strictObject({ schema: text, strategy }).exactOptional(),
    /**
     * How producers of other versions write it, by a name for each: older ones, whose events still come, and newer ones.
     * `headers` in the place of those above that have these names.
     */
    versions: z
      .record(name, z.strictObject({ headers: texts.exactOptional(), json: z.unknown() }))
      .exactOptional(),
  }),
  /** The rows that handling an event leaves behind: by `eventId`, or by `amount`, which is unique per event. */
  effects,
  /** Where the ids of events that took effect are kept. */
  dedupe: z.strictObject({ table: text, eventId: text }).exactOptional(),
  /**
   * Where an event is stored, with all that it says, before it is worked on: its offset may be committed from then on, and
   * its effect comes later (IC3).
   */
  inbox: z.strictObject({ table: text, eventId: text }).exactOptional(),
  /** A table with one row an entity that is written over, and whose version must never go down (OR5). */
  versions: z.strictObject({ table: text, key: text, version: text }).exactOptional(),
  /** The service calls `{stub.url}` for each event. */
  calls: z
    .strictObject({
      /** The header that carries its idempotency key. */
      idempotencyKey: text,
      /**
       * Where a call says for which event it is made: its id, its trace or its amount. Only needed where a call passes
       * neither the event's `traceparent` on nor its amount, nor has its id where the event has it, or as its key.
       */
      event: eventId.exactOptional(),
    })
    .exactOptional(),
  /** What the service publishes because of what it consumed: one event for each that takes effect (IC6). */
  outputs: outputs.exactOptional(),
  /** How often it tries an event, and what becomes of one that fails. */
  retry: retry.exactOptional(),
  /** How its dead letters come back. */
  redrive: redrive.exactOptional(),
  /** How it passes trace contexts on; without it O4 is not asked. */
  tracing: tracing.exactOptional(),
  /** Where the group's progress is kept. Default 'kafka'. With 'own', its own database, offsets are not asked for. */
  progress: z.enum(['kafka', 'own']).exactOptional(),
  /** Default 'per-key'. */
  order: z.enum(['per-key', 'none']).exactOptional(),
  /** How long a redelivered event must still be recognised, such as '24h' (IC7). Default: for ever. */
  dedupeWithin: duration.exactOptional(),
  /** The longest that handling one event may take: the linter compares cooldown and grace periods with it. */
  longestWork: duration.exactOptional(),
  /** Partitions of its topics. Default 3. */
  partitions: z.int().min(1).max(64).exactOptional(),
  /**
   * Members of the group that are meant to be at work at the same time, over all instances; without standbys. Fewer
   * partitions than that violate C3 (CG3).
   */
  workers: z.int().min(1).exactOptional(),
  /** Time for everything to be handled after the last fault is healed. Default 75s: clients are left for dead after 45 s. */
  recoverWithin: duration.exactOptional(),
  /** How long an event may wait because another one fails (RD6), or because the group changes (CG2). Default 5s. */
  headOfLine: duration.exactOptional(),
  /**
   * How to make sessions and polls time out early, for windows that wait for that. A client that polls beside its work has no
   * limit for `poll`: say what its work may take; the window that waits for it then finds that it does not apply.
   */
  expiry: z.strictObject({ session: duration, poll: duration, env: texts }).exactOptional(),
})

export interface ConsumerConfig extends Declared<typeof consumer> {}
