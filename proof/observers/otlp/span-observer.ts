import type { Endpoint } from '../../../core/endpoint.ts'
import type { NewEvent } from '../../history/event.ts'
import type { ExportRequest, ExportResponse } from './export-request.ts'
import { GrpcReceiver } from './grpc-receiver.ts'
import { HttpReceiver } from './http-receiver.ts'
import { spansOf } from './spans-of.ts'

export interface SpanObserverOptions {
  /** Where each of the two listens. */
  readonly http: Endpoint
  readonly grpc: Endpoint
  readonly record: (event: NewEvent) => void
}

/** Takes the spans that services export by OTLP, over HTTP and over gRPC: each becomes a `span` event. */
export class SpanObserver implements AsyncDisposable {
  readonly #parts: AsyncDisposableStack

  private constructor(parts: AsyncDisposableStack) {
    this.#parts = parts
  }

  static async open({ http, grpc, record }: SpanObserverOptions): Promise<SpanObserver> {
    await using parts = new AsyncDisposableStack()
    const keep = keeping(record)
    parts.use(await HttpReceiver.open({ bind: http, keep }))
    parts.use(await GrpcReceiver.open({ bind: grpc, keep }))
    return new SpanObserver(parts.move())
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#parts.disposeAsync()
  }
}

/** What was refused is written down as well: who wonders where a span is finds it there. */
function keeping(record: SpanObserverOptions['record']): (asked: ExportRequest) => ExportResponse {
  return (asked) => {
    const { spans, response } = spansOf(asked)
    for (const span of spans) record(span)
    const { rejectedSpans, errorMessage } = response.partialSuccess ?? {}
    if (rejectedSpans !== undefined)
      record({ kind: 'note', text: `${rejectedSpans} spans were refused: ${errorMessage}` })
    return response
  }
}
