import { z } from 'zod'
import { LEVELS } from '../../schemas/level.ts'
import { STRATEGIES } from '../../schemas/subject-name.ts'
import type { Declared } from '../../subjects/contract/declared.ts'
import { unknownService } from '../../subjects/contract/references.ts'
import { section } from '../../subjects/contract/section.ts'
import { text, topic } from '../../subjects/contract/words.ts'

const versioned = z
  .strictObject({
    /** The topic whose events these schemas describe. */
    topic,
    /** A folder with a file for each version (`.avsc`, `.proto`, `.json`), in the order of their names, oldest first. */
    dir: text.exactOptional(),
    /** A name of `services`: it registers its schemas and their level when it starts. In the place of `dir`. */
    service: text.exactOptional(),
    /** The level that its subject is to have. With `dir` it is set on the subject; with `service` the service sets it. */
    level: z.enum(LEVELS).exactOptional(),
    /** By what the subject is named, as serializers are told. Default `topic`. */
    strategy: z.enum(STRATEGIES).exactOptional(),
    /** The full name of its record or message: a strategy may name the subject by it. With `dir` its file says it. */
    record: text.exactOptional(),
    /** The subject's own name, where no strategy gives it; as topics it begins with `{topicPrefix}`. */
    subject: text.exactOptional(),
  })
  .refine(
    ({ service, strategy = 'topic', record }) => service === undefined || strategy === 'topic' || record,
    {
      message: 'the strategy names the subject by its record: declare `record`, its full name',
    },
  )
  .refine(({ dir, service }) => (dir === undefined) !== (service === undefined), {
    message: 'either `dir`, with the files, or `service`, which registers them',
  })

export interface VersionedConfig extends Declared<typeof versioned> {}

/** Schemas of topics and how they may change, as a config declares them. */
export const schemas = section<'schemas', VersionedConfig>({
  name: 'schemas',
  subject: versioned,
  references: (at, { service }, config) =>
    service === undefined ? [] : unknownService(`${at}.service`, service, config),
})
