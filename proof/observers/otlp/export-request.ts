import protobuf from 'protobufjs'
import { z } from 'zod'

/**
 * Those fields of OTLP's messages that are read here, by their numbers in opentelemetry.proto.trace.v1; others are passed
 * over, as Protobuf wants it.
 */
const MESSAGES = `
  syntax = "proto3";
  message Request { repeated ResourceSpans resource_spans = 1; }
  message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; }
  message Resource { repeated Attribute attributes = 1; }
  message Attribute { string key = 1; Value value = 2; }
  message Value { string string_value = 1; }
  message ScopeSpans { repeated Span spans = 2; }
  message Span {
    bytes trace_id = 1;
    bytes span_id = 2;
    bytes parent_span_id = 4;
    string name = 5;
    int32 kind = 6;
    fixed64 start_time_unix_nano = 7;
    fixed64 end_time_unix_nano = 8;
    repeated Link links = 13;
    Status status = 15;
  }
  message Link { bytes trace_id = 1; bytes span_id = 2; }
  message Status { int32 code = 3; }
  message Response { PartialSuccess partial_success = 1; }
  message PartialSuccess { int64 rejected_spans = 1; string error_message = 2; }`

const root = protobuf.parse(MESSAGES).root
const REQUEST = root.lookupType('Request')
const RESPONSE = root.lookupType('Response')

const list = <T extends z.ZodType>(of: T) => z.array(of).default([])
/** 64 bits: a text of digits in JSON, where a number is taken as well. */
const nanoseconds = z.union([z.string().regex(/^\d{1,20}$/), z.number().nonnegative()]).default(0)
const link = z.looseObject({ traceId: z.string().default(''), spanId: z.string().default('') })
const span = z.looseObject({
  traceId: z.string().default(''),
  spanId: z.string().default(''),
  parentSpanId: z.string().default(''),
  name: z.string().default(''),
  kind: z.int().default(0),
  startTimeUnixNano: nanoseconds,
  endTimeUnixNano: nanoseconds,
  links: list(link),
  status: z.looseObject({ code: z.int().default(0) }).default({ code: 0 }),
})
const attribute = z.looseObject({
  key: z.string().default(''),
  value: z.looseObject({ stringValue: z.string().optional() }).optional(),
})
const request = z.looseObject({
  resourceSpans: list(
    z.looseObject({
      resource: z.looseObject({ attributes: list(attribute) }).default({ attributes: [] }),
      scopeSpans: list(z.looseObject({ spans: list(span) })),
    }),
  ),
})

/** What a service asks to be stored: JSON and Protobuf say the same, with ids in hex. */
export type ExportRequest = z.infer<typeof request>
export type ExportedSpan = z.infer<typeof span>

/** @throws {Error} that says what is wrong, for bytes that are no such message */
export function fromProtobuf(bytes: Uint8Array): ExportRequest {
  return request.parse(
    withHexIds(REQUEST.toObject(REQUEST.decode(bytes), { longs: String, bytes: Array, arrays: true })),
  )
}

/** @throws {Error} that says what is wrong, for what is no JSON or no such message */
export function fromJson(text: string): ExportRequest {
  return request.parse(JSON.parse(text))
}

/** What is answered, in the encoding of the request. */
export interface ExportResponse {
  readonly partialSuccess?: { readonly rejectedSpans: number; readonly errorMessage: string }
}

export function toProtobuf(response: ExportResponse): Uint8Array {
  return RESPONSE.encode(RESPONSE.create(response)).finish()
}

const IDS = new Set(['traceId', 'spanId', 'parentSpanId'])

function withHexIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withHexIds)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      name,
      IDS.has(name) && Array.isArray(part) ? Buffer.from(part).toString('hex') : withHexIds(part),
    ]),
  )
}
