import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { type Clock, systemClock } from '../../core/clock.ts'
import { endpointText } from '../../core/endpoint.ts'
import { until } from '../../core/until.ts'
import type { NewEvent } from '../../proof/history/event.ts'
import type { EventIdSource } from '../../proof/history/event-id.ts'
import type { Listener, Viewpoint } from '../../stacks/stack.ts'
import { ALERTMANAGER, alertmanagerAlerts } from './alertmanager.ts'
import type { EventMarks } from './event-marks.ts'
import { alertsIn } from './http-stub-alerts.ts'
import { type ReceivedRequest, requestEventReader } from './http-stub-request.ts'

export interface HttpStubOptions {
  /** Where it listens; disposed by the caller, after it. */
  readonly listener: Listener
  readonly record: (event: NewEvent) => void
  /** Where a record carries its event's id: a request is looked at in the same way. */
  readonly eventId: EventIdSource
  /** The header that carries the idempotency key. Default `idempotency-key`. */
  readonly idempotencyKey?: string
  /** Where a call says for which event it is made, where that is declared: by its id, its trace or its amount. */
  readonly event?: EventIdSource
  /** The events that the harness made: what else tells for which of them a call is made. */
  readonly marks?: EventMarks
  /** The journal's clock. Without it `startedAt` and `endedAt` tell how long a call took, and no more. */
  readonly clock?: Clock
}

/** What the outside says to the calls of one event; without one it says 200 at once. */
export interface StubAnswer {
  /** Default 200. */
  readonly status?: number
  /** So many calls get this answer, the next ones 200. Default: all. */
  readonly times?: number
  /** Milliseconds until the answer. */
  readonly delay?: number
  /** No answer until {@link HttpStub.release}. */
  readonly hang?: boolean
}

interface Call {
  readonly event: string | undefined
  readonly idempotencyKey: string | null
}

const ALERTS = '/alerts'
const MOST_BYTES = 4 * 1024 * 1024

/**
 * The outside of a service under test: what it calls over HTTP, and where its alerts go. Every call
 * becomes a `call` event when it is answered, before the answer leaves; one that the caller gave up has status 0.
 * `stub` is method and path, so that a look at something is told from a deed. Every alert becomes an `alert` event.
 */
export class HttpStub implements AsyncDisposable {
  readonly #options: HttpStubOptions
  readonly #clock: Clock
  readonly #server: Server
  readonly #eventOf: (request: ReceivedRequest) => string | undefined
  readonly #declared: (request: ReceivedRequest) => string | undefined
  readonly #answers = new Map<
    string,
    { answer: StubAnswer; left: number; release: () => void; released: Promise<void> }
  >()
  readonly #open = new Set<Call>()
  #down: number | undefined
  #refused: { left: number; readonly told: () => void } | undefined

  private constructor(options: HttpStubOptions) {
    this.#options = options
    this.#clock = options.clock ?? systemClock()
    this.#eventOf = requestEventReader(options.eventId)
    this.#declared = options.event === undefined ? () => undefined : requestEventReader(options.event)
    this.#server = createServer((request, response) => {
      void this.#serve(request, response)
    })
  }

  static async open(options: HttpStubOptions): Promise<HttpStub> {
    const stub = new HttpStub(options)
    const { host, port } = options.listener.bind
    stub.#server.listen(port, host)
    await once(stub.#server, 'listening')
    return stub
  }

  /** Answers outside calls, at every path below it. */
  url(from: Viewpoint): string {
    return `http://${endpointText(this.#options.listener.endpoint(from))}`
  }

  /** Takes alerts: JSON by POST, in the form of Alertmanager or any other; below it is the API that Prometheus posts to. */
  alertsUrl(from: Viewpoint): string {
    return this.url(from) + ALERTS
  }

  /** From now on calls with this event id, or this idempotency key, are answered so. */
  answer(mark: string, answer: StubAnswer): void {
    const { promise: released, resolve: release } = Promise.withResolvers<void>()
    this.#answers.get(mark)?.release()
    this.#answers.set(mark, { answer, left: answer.times ?? Number.POSITIVE_INFINITY, release, released })
  }

  /** Calls with this mark are answered 200 again, those that hang with their status, now. */
  release(mark: string): void {
    this.#answers.get(mark)?.release()
    this.#answers.delete(mark)
  }

  /** Every call is answered so, whatever was prepared for its event. */
  refuseCalls(status: number): void {
    this.#down = status
  }

  /** Calls are answered again. */
  takeCalls(): void {
    this.#down = undefined
  }

  /** The next alerts are answered 503, and reach nobody. @param told called for each of them */
  refuseAlerts(count: number, told: () => void): void {
    this.#refused = { left: count, told }
  }

  /** Every alert is taken again. */
  takeAlerts(): void {
    this.#refused = undefined
  }

  /** Waits until a call with this mark has come in and has no answer yet. @throws {DeadlinePassed} */
  async waiting(mark: string, deadline: number): Promise<void> {
    const open = () => [...this.#open].some((call) => call.event === mark || call.idempotencyKey === mark)
    await until(open, { what: `an outside call for ${mark} that is not answered yet`, deadline, every: 5 })
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const startedAt = this.#clock.monotonic()
    const given = new AbortController()
    response.once('close', () => given.abort())
    const { method = '', headers } = request
    const [path = '', query = ''] = (request.url ?? '').split('?')
    const received = { headers, body: await bodyOf(request), query }
    if (path === ALERTS || path === ALERTS + ALERTMANAGER) {
      if (this.#refused !== undefined && this.#refused.left-- > 0) {
        this.#refused.told()
        response.writeHead(503).end()
        return
      }
      const alerts =
        path === ALERTS
          ? alertsIn(received.body, this.#eventOf(received))
          : alertmanagerAlerts(received.body, Date.now())
      for (const alert of alerts) this.#options.record({ kind: 'alert', ...alert })
      response.end()
      return
    }
    const key = headers[this.#options.idempotencyKey?.toLowerCase() ?? 'idempotency-key']
    const idempotencyKey = (Array.isArray(key) ? key[0] : key) ?? null
    const event = this.#calledFor(received)
    const { traceparent } = headers
    const call = { event, idempotencyKey }
    this.#open.add(call)
    const status = await this.#decide(call, given.signal).finally(() => this.#open.delete(call))
    this.#options.record({
      kind: 'call',
      stub: `${method} ${path}`,
      ...(event === undefined ? {} : { event }),
      ...(typeof traceparent === 'string' ? { traceparent } : {}),
      idempotencyKey,
      status,
      startedAt,
      endedAt: this.#clock.monotonic(),
    })
    if (status === 0) return
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ status }))
  }

  /** As it is declared; as a record would say it; as its trace or its amount tell. What we did not make comes last. */
  #calledFor(request: ReceivedRequest): string | undefined {
    const { marks } = this.#options
    const read = this.#eventOf(request)
    if (marks === undefined) return this.#declared(request) ?? read
    const known = marks.named(this.#declared(request)) ?? marks.named(read) ?? marks.of(request)
    return known ?? read
  }

  /** @returns 0 when the caller went away before it was answered */
  async #decide({ event, idempotencyKey }: Call, gone: AbortSignal): Promise<number> {
    if (this.#down !== undefined) return gone.aborted ? 0 : this.#down
    const prepared = this.#answers.get(event ?? '') ?? this.#answers.get(idempotencyKey ?? '')
    if (prepared === undefined || prepared.left-- <= 0) return gone.aborted ? 0 : 200
    const { status = 200, delay = 0, hang = false } = prepared.answer
    const left = once(gone, 'abort')
    if (delay > 0) await pause(delay, undefined, { signal: gone }).catch(() => {})
    if (hang && !gone.aborted) await Promise.race([prepared.released, left])
    return gone.aborted ? 0 : status
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server, 'close')
    this.#server.close()
    this.#server.closeAllConnections()
    await closed
  }
}

/** What arrived of it: a caller may go away in the middle, and has called all the same. */
async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size <= MOST_BYTES) chunks.push(chunk)
    }
  } catch {}
  return Buffer.concat(chunks).toString('utf8')
}
