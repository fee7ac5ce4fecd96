import { log, textOf } from './log.ts'

/** A span as OTLP's JSON has it. */
export interface ExportedSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly kind: number
  readonly startTimeUnixNano: string
  readonly endTimeUnixNano: string
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[]
  readonly status: { readonly code: number }
}

/** Sends spans when some have come together. Disposing sends those that wait. */
export interface SpanExporter extends AsyncDisposable {
  add(span: ExportedSpan): void
}

/** Milliseconds that a span waits for others. */
const TOGETHER = 200
/** Work goes on while nobody takes spans: so many wait, and older ones are dropped. */
const MOST_WAITING = 10_000
const PATIENCE = 2_000
/** Milliseconds until what was not taken is sent again. */
const AGAIN = 1_000

/** OTLP over HTTP, in JSON. @param endpoint of OTLP, without the path of traces */
export function spanExporter(endpoint: string, service: string): SpanExporter {
  const url = `${endpoint.replace(/\/$/, '')}/v1/traces`
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: service } }] }
  let waiting: readonly ExportedSpan[] = []
  let sending: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined

  const send = async () => {
    const spans = waiting
    waiting = []
    if (spans.length === 0) return
    const body = JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans }] }] })
    const headers = { 'content-type': 'application/json' }
    const sent = fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(PATIENCE) }).then(
      async (answer) => {
        await answer.arrayBuffer()
        if (!answer.ok) throw new Error(`${url} answered ${answer.status}`)
      },
    )
    await sent.catch((error) => {
      log('spans were not exported, and wait', { spans: spans.length, error: textOf(error) })
      waiting = [...spans, ...waiting].slice(-MOST_WAITING)
      timer ??= setTimeout(flush, AGAIN).unref()
    })
  }
  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    sending = sending.then(send)
    return sending
  }
  return {
    add(span) {
      waiting = [...waiting, span].slice(-MOST_WAITING)
      timer ??= setTimeout(flush, TOGETHER)
    },
    [Symbol.asyncDispose]: flush,
  }
}
