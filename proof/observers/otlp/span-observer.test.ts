import assert from 'node:assert/strict'
import { connect } from 'node:http2'
import { describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { OTLPTraceExporter as GrpcExporter } from '@opentelemetry/exporter-trace-otlp-grpc'
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { SimpleSpanProcessor, type SpanExporter, TracerProvider } from '@opentelemetry/sdk-trace'
import { loopbackListener } from '../../../test/stack/loopback-listener.ts'
import type { NewEvent } from '../../history/event.ts'
import { MOST_BYTES } from './packed.ts'
import { SpanObserver } from './span-observer.ts'

const TRACE = 'a'.repeat(32)
const PARENT = 'b'.repeat(16)

async function opened() {
  const events: NewEvent[] = []
  const [http, grpc] = [(await loopbackListener()).bind, (await loopbackListener()).bind]
  const observer = await SpanObserver.open({ http, grpc, record: (event) => void events.push(event) })
  return {
    events,
    http: `http://${http.host}:${http.port}`,
    grpc: `http://${grpc.host}:${grpc.port}`,
    [Symbol.asyncDispose]: () => observer[Symbol.asyncDispose](),
  }
}

/** A span with a parent and a link, as OpenTelemetry's own SDK exports it. */
async function exported(exporter: SpanExporter): Promise<void> {
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] })
  const context = { traceId: TRACE, spanId: PARENT, traceFlags: 1, isRemote: true }
  const links = [{ context: { traceId: 'c'.repeat(32), spanId: 'd'.repeat(16), traceFlags: 1 } }]
  const parent = trace.setSpanContext(ROOT_CONTEXT, context)
  const span = provider.getTracer('test').startSpan('charge', { kind: SpanKind.CONSUMER, links }, parent)
  span.setStatus({ code: SpanStatusCode.ERROR }).end()
  await provider.forceFlush()
  await provider.shutdown()
}

describe('the span observer', () => {
  for (const [name, exporterTo] of [
    ['JSON', ({ http }) => new JsonExporter({ url: `${http}/v1/traces` })],
    ['Protobuf', ({ http }) => new ProtobufExporter({ url: `${http}/v1/traces` })],
    ['gRPC', ({ grpc }) => new GrpcExporter({ url: grpc })],
  ] as readonly (readonly [string, (to: { http: string; grpc: string }) => SpanExporter])[])
    it(`takes what OpenTelemetry's SDK exports by ${name}`, async () => {
      await using observer = await opened()
      const before = Date.now()
      await exported(exporterTo(observer))
      const [span, ...others] = observer.events
      assert.deepEqual(others, [])
      assert.ok(span?.kind === 'span')
      const { service, spanId, startedAt, endedAt, ...said } = span
      assert.deepEqual(said, {
        kind: 'span',
        name: 'charge',
        traceId: TRACE,
        parentId: PARENT,
        role: 'consumer',
        links: [{ traceId: 'c'.repeat(32), spanId: 'd'.repeat(16) }],
        failed: true,
      })
      assert.match(service, /^unknown_service/)
      assert.match(spanId, /^[0-9a-f]{16}$/)
      assert.ok(startedAt >= before - 1 && startedAt <= endedAt && endedAt <= Date.now() + 1)
    })

  const good = JSON.stringify({
    resourceSpans: [{ scopeSpans: [{ spans: [{ traceId: TRACE, spanId: PARENT, name: 'x' }] }] }],
  })
  const json = { 'content-type': 'application/json' }
  const protobuf = { 'content-type': 'application/x-protobuf' }
  const bomb = gzipSync(Buffer.alloc(MOST_BYTES + 1))

  for (const [what, status, request, path = '/v1/traces'] of [
    ['a good request', 200, { headers: json, body: good }],
    ['one that is packed', 200, { headers: { ...json, 'content-encoding': 'gzip' }, body: gzipSync(good) }],
    ['an empty one', 200, { headers: protobuf, body: '' }],
    ['another path', 404, { headers: json, body: good }, '/v1/metrics'],
    ['another method', 405, { method: 'PUT', headers: json, body: good }],
    ['no JSON', 400, { headers: json, body: '{' }],
    ['JSON of another shape', 400, { headers: json, body: '{"resourceSpans":7}' }],
    ['no Protobuf', 400, { headers: protobuf, body: Buffer.from([0x0a, 0xff, 0xff]) }],
    ['another type', 415, { headers: { 'content-type': 'text/plain' }, body: good }],
    ['another packing', 415, { headers: { ...json, 'content-encoding': 'br' }, body: good }],
    ['no gzip', 400, { headers: { ...json, 'content-encoding': 'gzip' }, body: good }],
    ['a bomb', 413, { headers: { ...json, 'content-encoding': 'gzip' }, body: bomb }],
    ['too much', 413, { headers: json, body: Buffer.alloc(MOST_BYTES + 1) }],
  ] as readonly (readonly [string, number, RequestInit, string?])[])
    it(`answers ${what} with ${status}`, async () => {
      await using observer = await opened()
      const answer = await fetch(observer.http + path, { method: 'POST', ...request }).catch(() => undefined)
      // Who sends too much may find the connection closed before the answer.
      if (status !== 413 || answer !== undefined) assert.equal(answer?.status, status)
      assert.equal(observer.events.length, status === 200 && request.body !== '' ? 1 : 0)
      const again = await fetch(`${observer.http}/v1/traces`, { method: 'POST', headers: json, body: good })
      assert.deepEqual(await again.json(), {})
    })

  it('refuses spans whose ids are none, takes the others, and says so', async () => {
    await using observer = await opened()
    const spans = [
      { traceId: '0'.repeat(32), spanId: PARENT },
      { traceId: TRACE, spanId: 'none' },
      { traceId: TRACE, spanId: PARENT, parentSpanId: '<script>' },
      { traceId: TRACE.toUpperCase(), spanId: PARENT, name: 'n'.repeat(10_000), links: [{ spanId: 'x' }] },
    ]
    const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] })
    const answer = await fetch(`${observer.http}/v1/traces`, { method: 'POST', headers: json, body })
    const { partialSuccess } = (await answer.json()) as { partialSuccess: { rejectedSpans: number } }
    assert.equal(partialSuccess.rejectedSpans, 3)
    const [span, note] = observer.events
    assert.ok(span?.kind === 'span' && span.traceId === TRACE && span.name.length === 200)
    assert.deepEqual(span.links, [])
    assert.ok(note?.kind === 'note' && note.text.startsWith('3 spans were refused'))
  })

  for (const [what, status, headers, body] of [
    ['another method', '12', { ':path': '/x/Y' }, framed('')],
    ['half a message', '3', {}, Buffer.from([0, 0, 0, 0, 9, 1])],
    ['no message', '3', {}, Buffer.alloc(0)],
    ['no Protobuf', '3', {}, framed(Buffer.from([0x0a, 0xff, 0xff]))],
    ['another type', '3', { 'content-type': 'application/json' }, framed('')],
    ['an empty message', '0', {}, framed('')],
  ] as const)
    it(`answers a call with ${what} with status ${status}`, async () => {
      await using observer = await opened()
      const session = connect(observer.grpc)
      const path = '/opentelemetry.proto.collector.trace.v1.TraceService/Export'
      const stream = session.request({
        ':method': 'POST',
        ':path': path,
        'content-type': 'application/grpc',
        ...headers,
      })
      const trailers = new Promise<Record<string, unknown>>((resolve) => stream.once('trailers', resolve))
      stream.resume().end(body)
      assert.equal((await trailers)['grpc-status'], status)
      session.destroy()
      assert.deepEqual(observer.events, [])
    })
})

function framed(message: string | Buffer): Buffer {
  const prefix = Buffer.alloc(5)
  prefix.writeUInt32BE(message.length, 1)
  return Buffer.concat([prefix, Buffer.from(message)])
}
