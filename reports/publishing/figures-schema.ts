import { z } from 'zod'
import type { PublisherFigures } from '../../scenarios/publishing/view/publisher-figures.ts'
import { count, producing } from '../figures-schema.ts'

export const figuresSchema: z.ZodType<PublisherFigures> = z.looseObject({
  of: z.literal('publisher'),
  milliseconds: count,
  commands: count,
  committed: count,
  rolledBack: count,
  events: count,
  records: count,
  duplicates: count,
  keys: count,
  payload: z.looseObject({ p50: z.number(), p99: z.number(), max: z.number() }),
  clients: z.array(producing),
  controls: z.array(z.string()).exactOptional(),
})
