import { z } from 'zod'
import type { ConsumerFigures } from '../../scenarios/consuming/view/consumer-figures.ts'
import { count, producing } from '../figures-schema.ts'

const asked = z.looseObject({
  clientId: z.string(),
  software: z.string().nullable(),
  settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  api: z.string(),
  apiVersions: z.array(count).exactOptional(),
  group: z.enum(['declared', 'another']).exactOptional(),
})
const cadence = z.looseObject({
  clientId: z.string(),
  software: z.string().nullable(),
  api: z.string(),
  count,
  median: count,
  short: count,
  long: count,
})

/** With defaults for what former versions did not count. */
export const figuresSchema: z.ZodType<ConsumerFigures> = z.looseObject({
  of: z.literal('consumer'),
  milliseconds: count,
  events: count,
  records: count,
  effects: count,
  redeliveries: count,
  retries: count,
  deadLetters: count,
  keys: count,
  perPartition: z.array(count).default([]),
  rebalances: count,
  unmovedWait: count.nullable().default(null),
  commits: count,
  clients: z.array(asked),
  producers: z.array(producing).default([]),
  cadences: z.array(cadence).default([]),
})
