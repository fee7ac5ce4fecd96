import { z } from 'zod'
import { ConfigInvalid } from './config-invalid.ts'
import { consumer, scaling } from './consumer-schema.ts'
import { crossReferences } from './cross-references.ts'
import { explain, type Fault } from './explain.ts'
import type { SubjectConfig } from './types.ts'
import { duration, eventId, name, path, text, topic } from './words.ts'

const ready = z.union(
  [
    z.strictObject({ http: path }),
    z.strictObject({ log: z.union([text, z.instanceof(RegExp)]) }),
    z.strictObject({ tcp: z.literal(true) }),
  ],
  "{ http: '/path' }, { log: /pattern/ } or { tcp: true }",
)

const service = z.strictObject({
  command: z.array(text).min(1),
  cwd: text.optional(),
  env: z.record(z.string(), z.string()).optional(),
  ready,
  startWithin: duration.optional(),
  migrations: z.array(text).optional(),
})

const outbox = z.strictObject({
  table: text,
  id: text,
  aggregateId: text,
  payload: text.optional(),
  eventType: text.optional(),
  published: text.optional(),
  parked: text.optional(),
  traceparent: text.optional(),
})

const connector = z
  .record(z.string(), z.string())
  .refine((settings) => settings['connector.class'] !== undefined, "an object with 'connector.class'")

const publisher = z.strictObject({
  service: text,
  relay: z.union(
    [text, z.strictObject({ debezium: z.strictObject({ connector }) })],
    "'polling', the name of a service, or { debezium: { connector: { 'connector.class': … } } }",
  ),
  command: z.strictObject({
    http: z.strictObject({
      method: z.enum(['POST', 'PUT', 'PATCH', 'DELETE', 'GET']),
      path,
      headers: z.record(z.string(), z.string()).optional(),
      json: z.unknown().optional(),
    }),
  }),
  answers: z.enum(['committed', 'accepted']).optional(),
  state: z.strictObject({ table: text, id: text, amount: text.optional() }),
  outbox: outbox.optional(),
  topic,
  topicSettings: z.record(text, z.string()).optional(),
  eventId,
  events: text.startsWith('$', "a path such as '$.events'").optional(),
  eventTypeHeader: text.optional(),
  order: z.enum(['per-key', 'none']).optional(),
  duplicates: z.enum(['allowed', 'never']).optional(),
  recoverWithin: duration.optional(),
  headOfLine: duration.optional(),
})

const attestation = z.strictObject({
  statement: text,
  evidence: text,
  by: text,
  until: z.iso.date("a day as 'YYYY-MM-DD'"),
})

/** The shape alone; what fields say about each other is checked in `cross-references.ts`. */
export const subjectSchema = z.strictObject({
  services: z.record(name, service),
  publishers: z.record(name, publisher).optional(),
  consumers: z.record(name, consumer).optional(),
  scaling: z.record(name, scaling).optional(),
  attestations: z.record(z.string(), attestation).optional(),
})

/**
 * Checks what a config file exports.
 * @throws {ConfigInvalid} that names the first wrong field, what was found there and what is allowed
 */
export function parseConfig(value: unknown, where: string): SubjectConfig {
  const parsed = subjectSchema.safeParse(value)
  if (!parsed.success) throw invalid(explain(parsed.error, value, subjectSchema), where)
  const config = parsed.data as SubjectConfig
  const [fault, ...others] = crossReferences(config)
  if (fault !== undefined) throw invalid([fault, ...others], where)
  return config
}

function invalid(faults: readonly Fault[], where: string): ConfigInvalid {
  const [first] = faults
  const more = faults.slice(1).map(({ field }) => field)
  return new ConfigInvalid(`the config is not valid: ${first?.field ?? 'the file'}`, {
    what: `${first?.field ?? 'the file'}: found ${first?.found ?? 'nothing'}, allowed is ${first?.allowed ?? 'a config'}${
      more.length === 0 ? '' : `; also wrong: ${more.join(', ')}`
    }`,
    where,
    ...(first?.hint === undefined ? {} : { hint: first.hint }),
  })
}
