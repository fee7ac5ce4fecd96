import { z } from 'zod'
import type { Declared } from './declared.ts'
import { path, texts } from './words.ts'

/** A request over HTTP that we send to a service. */
export const request = z.strictObject({
  method: z.enum(['POST', 'PUT', 'PATCH', 'DELETE', 'GET']),
  /** On the service's own port. */
  path,
  headers: texts.exactOptional(),
  /** The body. */
  json: z.unknown().exactOptional(),
})

export interface RequestConfig extends Declared<typeof request> {}
