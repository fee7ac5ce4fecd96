import type { NewEvent } from '../../history/event.ts'
import type { SpanRole } from '../../history/span-kinds.ts'
import type { ExportedSpan, ExportRequest, ExportResponse } from './export-request.ts'

type SpanEvent = Extract<NewEvent, { readonly kind: 'span' }>

/** By their numbers in OTLP. */
const ROLES: readonly SpanRole[] = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer']
const FAILED = 2
/** Letters of a name and links of a span that are kept: what comes from outside is evidence, and has a bound. */
const LONGEST = 200
const MOST_LINKS = 1_000

/** The spans of a request, and what is answered: one with an id that is none is refused, and the others are taken. */
export function spansOf({ resourceSpans }: ExportRequest): {
  readonly spans: readonly SpanEvent[]
  readonly response: ExportResponse
} {
  const all = resourceSpans.flatMap(({ resource: { attributes }, scopeSpans }) => {
    const named = attributes.find(({ key }) => key === 'service.name')
    const service = cut(named?.value?.stringValue ?? '')
    return scopeSpans.flatMap(({ spans }) => spans.map((span) => spanOf(span, service)))
  })
  const spans = all.filter((span) => span !== undefined)
  const rejectedSpans = all.length - spans.length
  const errorMessage = 'a trace id has 16 bytes and a span id 8, in hex in JSON, and they are not zero'
  return { spans, response: rejectedSpans === 0 ? {} : { partialSuccess: { rejectedSpans, errorMessage } } }
}

function spanOf(span: ExportedSpan, service: string): SpanEvent | undefined {
  const traceId = idOf(span.traceId, 32)
  const spanId = idOf(span.spanId, 16)
  const parentId = span.parentSpanId === '' ? null : idOf(span.parentSpanId, 16)
  if (traceId === undefined || spanId === undefined || parentId === undefined) return undefined
  return {
    kind: 'span',
    service,
    name: cut(span.name),
    traceId,
    spanId,
    parentId,
    role: ROLES[span.kind] ?? 'unspecified',
    startedAt: millisecondsOf(span.startTimeUnixNano),
    endedAt: millisecondsOf(span.endTimeUnixNano),
    links: span.links.slice(0, MOST_LINKS).flatMap((link) => {
      const [traceId, spanId] = [idOf(link.traceId, 32), idOf(link.spanId, 16)]
      return traceId === undefined || spanId === undefined ? [] : [{ traceId, spanId }]
    }),
    failed: span.status.code === FAILED,
  }
}

/** JSON may write hex in either case. A parent of zeros is none. */
function idOf(hex: string, digits: number): string | undefined {
  return hex.length === digits && /^[0-9a-f]+$/i.test(hex) && !/^0+$/.test(hex)
    ? hex.toLowerCase()
    : undefined
}

function millisecondsOf(nanoseconds: string | number): number {
  return Number(BigInt(nanoseconds) / 1000n) / 1000
}

function cut(text: string): string {
  return text.slice(0, LONGEST)
}
