import { z } from 'zod'
import { STRATEGIES } from '../schemas/subject-name.ts'
import type { WrongField } from '../subjects/contract/explain.ts'
import type { eventId } from '../subjects/contract/words.ts'

/** By what the subjects of values are named at a schema registry; default `topic`. */
export const strategy = z.enum(STRATEGIES).exactOptional()

/** That values are written through a schema registry. */
export const registry = z.strictObject({ strategy })

/**
 * What is written by a schema is no JSON that an id could be read from.
 * @param because the field that says that it is written so
 */
export function idInBytes(field: string, id: z.infer<typeof eventId>, because: string): WrongField[] {
  if (!('json' in id)) return []
  const allowed = `{ header: 'name' }: ${because} says that values are written by a schema`
  return [{ field, found: `{ json: '${id.json}' }`, allowed }]
}
