import { z } from 'zod'
import type { ScalingFigures } from '../../scenarios/scaling/view/scaling-figures.ts'
import { count } from '../figures-schema.ts'

const lint = z.looseObject({
  rule: z.string(),
  severity: z.enum(['error', 'warning']),
  place: z.string(),
  found: z.string(),
  fix: z.string(),
})

/** With defaults for what former versions did not count. */
export const figuresSchema: z.ZodType<ScalingFigures> = z.looseObject({
  of: z.literal('scaling'),
  milliseconds: count,
  events: count,
  effects: count,
  activation: count.nullable(),
  ready: count.nullable(),
  maxReplicas: count,
  backToZero: count.nullable(),
  lint: z.array(lint).default([]),
})
