import { z } from 'zod'
import { path, text, topic } from './words.ts'

export const redrive = z.strictObject({
  service: text,
  approve: z.strictObject({
    http: z.strictObject({ method: text, path, json: z.unknown().optional() }),
  }),
  scheduled: z.record(z.string(), z.string()),
  parkingLot: topic,
  after: z.int().min(1),
})
