import { z } from 'zod'
import { text } from './words.ts'

/** How a service passes on the W3C trace context of what it does. */
export const tracing = z.strictObject({
  /** The header of its records that carries the `traceparent`. */
  header: text,
  /** It exports its spans by OTLP, to `{otlp.endpoint}`. Left out: its spans are not asked for. */
  spans: z.literal(true).exactOptional(),
})
