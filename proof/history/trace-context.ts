import type { EventOf } from './event.ts'

/** What a `traceparent` says: W3C Trace Context. */
export interface TraceContext {
  readonly traceId: string
  /** The span that it was sent from. */
  readonly spanId: string
  readonly sampled: boolean
}

const PARTS = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.+)?$/

/**
 * Reads a `traceparent` of version 00 or of a later one, which may have more behind it.
 * @returns in words what is wrong with it, where it is none
 */
export function traceContextOf(text: string): TraceContext | string {
  const [, version, traceId = '', spanId = '', flags = '', more] = PARTS.exec(text) ?? []
  if (version === undefined)
    return PARTS.test(text.toLowerCase().trim())
      ? 'it is not in lower-case hex without blanks'
      : 'it is not version-traceid-parentid-flags in 2, 32, 16 and 2 digits of lower-case hex'
  if (version === 'ff') return 'version ff is forbidden'
  if (version === '00' && more !== undefined) return 'version 00 ends with the flags'
  if (/^0+$/.test(traceId)) return 'its trace id is zero'
  if (/^0+$/.test(spanId)) return 'its parent id is zero'
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 }
}

/** Every value of a header, whatever the case of its name, in no order; an empty text for null. */
export function headerValues(
  { headers, earlier = [] }: EventOf<'k.record'>,
  name: string,
): readonly string[] {
  const wanted = name.toLowerCase()
  const last = Object.entries(headers).map(([name, value]) => ({ name, value }))
  return [...earlier, ...last]
    .filter((header) => header.name.toLowerCase() === wanted)
    .map(({ value }) => value ?? '')
}
