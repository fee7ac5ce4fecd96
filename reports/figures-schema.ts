import { z } from 'zod'

// Shapes that figures of several kinds have in common.

export const count = z.number().nonnegative()

export const producing = z.looseObject({
  clientId: z.string(),
  software: z.string().exactOptional(),
  apiVersion: count.exactOptional(),
  acks: z.number(),
  idempotent: z.boolean(),
})
