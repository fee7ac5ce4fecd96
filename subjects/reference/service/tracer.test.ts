import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, it } from 'node:test'
import { type ExportedSpan, spanExporter } from './span-exporter.ts'
import { inSpan, tracer, untraced } from './tracer.ts'

const TRACE = 'a'.repeat(32)
const PARENT = 'b'.repeat(16)

function collecting() {
  const spans: ExportedSpan[] = []
  const exporter = { add: (span: ExportedSpan) => void spans.push(span), async [Symbol.asyncDispose]() {} }
  return { spans, begin: tracer(exporter).begin }
}

describe('a span', () => {
  it('is a child of the context that came, and is sent on as that', async () => {
    const { spans, begin } = collecting()
    const sent = await inSpan(
      begin('pay', 'consumer', `00-${TRACE}-${PARENT}-01`),
      async (traceparent) => traceparent,
    )
    const [span] = spans
    assert.deepEqual([span?.traceId, span?.parentSpanId, span?.status.code], [TRACE, PARENT, 0])
    assert.equal(sent, `00-${TRACE}-${span?.spanId}-01`)
  })

  it('of a trace that is not sampled is not exported, and says so to others', () => {
    const { spans, begin } = collecting()
    const span = begin('pay', 'consumer', `00-${TRACE}-${PARENT}-00`)
    span.end()
    assert.match(span.traceparent ?? '', new RegExp(`^00-${TRACE}-[0-9a-f]{16}-00$`))
    assert.deepEqual(spans, [])
  })

  it('is the root of a trace where no valid context came, with links to others', () => {
    const { spans, begin } = collecting()
    begin('ship', 'consumer', 'nonsense', [`00-${TRACE}-${PARENT}-01`, null]).end()
    assert.equal(spans[0]?.parentSpanId, undefined)
    assert.deepEqual(spans[0]?.links, [{ traceId: TRACE, spanId: PARENT }])
  })

  it('has failed where its work did', async () => {
    const { spans, begin } = collecting()
    const work = inSpan(begin('pay', 'server', null), () => Promise.reject(new Error('no')))
    await assert.rejects(work, /no/)
    assert.equal(spans[0]?.status.code, 2)
  })

  it('is none where nothing takes it: the context is passed on', () => {
    assert.equal(untraced.begin('pay', 'server', 'as it came').traceparent, 'as it came')
  })
})

describe('the exporter', () => {
  it('sends what waits when it is disposed of, and again what was not taken', async () => {
    const bodies: string[] = []
    const server = createServer(async (request, response) => {
      bodies.push(await new Response(request as unknown as ReadableStream).text())
      response.writeHead(bodies.length === 1 ? 503 : 200).end()
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const { port } = server.address() as AddressInfo
    const exporter = spanExporter(`http://127.0.0.1:${port}/`, 'payment')
    const { begin } = tracer(exporter)
    for (const name of ['first', 'second']) {
      begin(name, 'server', undefined).end()
      await exporter[Symbol.asyncDispose]()
    }
    server.close()
    const sent = bodies.map((body) => JSON.parse(body).resourceSpans[0])
    assert.deepEqual(
      sent.map(({ scopeSpans }) => scopeSpans[0].spans.map(({ name }: { name: string }) => name)),
      [['first'], ['first', 'second']],
    )
    assert.equal(sent[0].resource.attributes[0].value.stringValue, 'payment')
  })
})
