import { z } from 'zod'
import { duration, eventId, jsonPath, text, topic } from './words.ts'

const cause = z.union(
  [z.strictObject({ header: text }), z.strictObject({ json: jsonPath })],
  "{ header: 'name' } or { json: '$.path' }",
)

export const outputs = z.strictObject({
  topic,
  eventId,
  cause,
  amount: jsonPath.optional(),
  within: duration.optional(),
})
