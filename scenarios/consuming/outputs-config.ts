import { z } from 'zod'
import type { Declared } from '../../subjects/contract/declared.ts'
import { duration, eventId, jsonPath, text, topic } from '../../subjects/contract/words.ts'
import { registry } from '../registry-config.ts'

/** What the service publishes because of what it consumed: one event for each that takes effect. */
export const outputs = z.strictObject({
  /** Without the topic prefix, which the service puts before it. */
  topic,
  /** Where an output's own id is. */
  eventId,
  /** Where the id of the event that caused it is. */
  cause: z.union(
    [z.strictObject({ header: text }), z.strictObject({ json: jsonPath })],
    "{ header: 'name' } or { json: '$.path' }",
  ),
  /** Where its value carries the amount that is in `effects.amount`, such as '$.amount': they must be equal (IC6). */
  amount: jsonPath.exactOptional(),
  /** That it writes them through a schema registry, and by what their subjects are named (default `topic`); without it D3 is not asked of them. */
  registry: registry.exactOptional(),
  /** Time for an output to be there after its effect, and after the last fault (IC6). Default: `recoverWithin`. */
  within: duration.exactOptional(),
})

export interface OutputsConfig extends Declared<typeof outputs> {}
