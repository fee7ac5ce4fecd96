import { randomBytes } from 'node:crypto'
import { type ExportedSpan, type SpanExporter, spanExporter } from './span-exporter.ts'

/** One piece of work in a trace. */
export interface Span {
  /** The context that goes on with what the work leads to. */
  readonly traceparent: string | undefined
  end(failure?: unknown): void
}

export interface Tracer extends AsyncDisposable {
  /**
   * A child of the context that came with the work, and as sampled as that; without one, the root of a new trace.
   * @param links contexts of other traces that the work follows from as well
   */
  begin(
    name: string,
    role: 'server' | 'consumer',
    parent: string | null | undefined,
    links?: readonly (string | null)[],
  ): Span
}

/** By their numbers in OTLP. */
const ROLES = { server: 2, consumer: 5 } as const

/** Exports to where OpenTelemetry's own variables say; without an endpoint contexts are passed on as they come. */
export function tracerFromEnvironment(service: string): Tracer {
  const endpoint = process.env.OTEL_EXPORTER_OTLP_ENDPOINT ?? ''
  if (endpoint === '') return untraced
  return tracer(spanExporter(endpoint, process.env.OTEL_SERVICE_NAME ?? service))
}

/** Passes contexts on as they come. */
export const untraced: Tracer = {
  begin: (_name, _role, parent) => ({ traceparent: parent ?? undefined, end() {} }),
  async [Symbol.asyncDispose]() {},
}

export function tracer(exporter: SpanExporter): Tracer {
  return {
    begin(name, role, parent, links = []) {
      const came = contextOf(parent)
      const { traceId = randomBytes(16).toString('hex'), sampled = true } = came ?? {}
      const spanId = randomBytes(8).toString('hex')
      const began = nanoseconds()
      return {
        traceparent: `00-${traceId}-${spanId}-${sampled ? '01' : '00'}`,
        end(failure) {
          if (!sampled) return
          exporter.add({
            traceId,
            spanId,
            ...(came === undefined ? {} : { parentSpanId: came.spanId }),
            name,
            kind: ROLES[role],
            startTimeUnixNano: began,
            endTimeUnixNano: nanoseconds(),
            links: links.flatMap(linkTo),
            status: { code: failure === undefined ? 0 : 2 },
          })
        },
      }
    },
    [Symbol.asyncDispose]: () => exporter[Symbol.asyncDispose](),
  }
}

/** Does the work of a span. */
export function inSpan<T>(span: Span, work: (traceparent: string | undefined) => Promise<T>): Promise<T> {
  return inSpans([span], () => work(span.traceparent))
}

/** Does what is the work of several spans at once. */
export async function inSpans<T>(spans: readonly Span[], work: () => Promise<T>): Promise<T> {
  try {
    const result = await work()
    for (const span of spans) span.end()
    return result
  } catch (failure) {
    for (const span of spans) span.end(failure)
    throw failure
  }
}

/** W3C Trace Context; undefined for what is none. */
function contextOf(traceparent: string | null | undefined) {
  const [, traceId, spanId, flags] =
    /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(traceparent ?? '') ?? []
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 }
}

function linkTo(traceparent: string | null): ExportedSpan['links'] {
  const context = contextOf(traceparent)
  return context === undefined ? [] : [{ traceId: context.traceId, spanId: context.spanId }]
}

function nanoseconds(): string {
  return String(BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)) * 1000n)
}
