/** What services export of their own work. */
export interface SpanKinds {
  /** A span, as an exporter told of it by OTLP. */
  span: {
    /** `service.name` of its resource; empty where it has none. */
    readonly service: string
    readonly name: string
    readonly traceId: string
    readonly spanId: string
    /** Null for the root of a trace. */
    readonly parentId: string | null
    readonly role: SpanRole
    /** Milliseconds since 1970, on the clock of the service. */
    readonly startedAt: number
    readonly endedAt: number
    /** Spans of other traces that it follows from, such as those of a batch. */
    readonly links: readonly { readonly traceId: string; readonly spanId: string }[]
    readonly failed: boolean
  }
}

export type SpanRole = 'unspecified' | 'internal' | 'server' | 'client' | 'producer' | 'consumer'
