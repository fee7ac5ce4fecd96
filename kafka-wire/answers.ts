import { setTimeout as pause } from 'node:timers/promises'
import { endpointsIn } from './addresses.ts'
import { BodyReader, type Frame, withBody } from './codec/body.ts'
import type { Struct } from './codec/value.ts'
import type { Conversation } from './conversation.ts'
import type { Exchange } from './exchanges.ts'
import type { Armed, WireAct } from './fault.ts'
import { type ResponseHead, readResponseHead } from './head.ts'
import type { Passage, Verdict } from './lane.ts'
import type { MetadataResponseBody } from './messages.ts'
import { baseOffsets, observeAnswer } from './observe-answer.ts'
import { markFailed } from './refusal.ts'
import { effectOf, MOST_HELD } from './requests.ts'
import type { ApiName } from './schemas/api.ts'
import type { Layout } from './schemas/message.ts'
import type { RequestSeen } from './seen.ts'
import { silence } from './silence.ts'

/** Answers with records up to this size are held to be rewritten where that may be needed; larger ones stream. */
const MOST_RECORDS_HELD = 64 * 1024
/** Answers that say nothing of interest and name no broker. */
const UNREAD: ReadonlySet<ApiName> = new Set(['api-versions', 'offset-fetch', 'leave-group'])
/** An unknown tag, of one byte as 0 is: a client steps over it. */
const NOBODYS_TAG = 0x7f

/** A connection's answers: addresses in them become ours, faults are done to them, all else passes as it came. */
export class Answers {
  readonly #connection: Conversation

  constructor(connection: Conversation) {
    this.#connection = connection
  }

  open(bytes: Buffer, at: number): Passage | undefined {
    const head = readResponseHead(bytes, at)
    if (!head) return undefined
    const { exchanges, mute, wire } = this.#connection
    const { length } = head
    const exchange = exchanges.answered(head.correlationId)
    if (mute || exchange?.swallow) return { length, discard: true }
    if (!exchange) wire.gap('an answer to no request')
    const { api, armed } = exchange ?? {}
    const layout = exchange && api?.response(exchange.head.version)
    if (!exchange || !api || !layout || (!armed && UNREAD.has(api.name))) return { length }
    const hasRecords = api.name === 'fetch' && !armed
    if (length > (hasRecords ? MOST_RECORDS_HELD : MOST_HELD)) {
      if (hasRecords) return this.#stream(head, layout)
      wire.gap('an answer too large to be held')
      return { length }
    }
    if (hasRecords && !namesBrokers(layout)) return { length }
    const frame = frameOf(head, layout, api.name !== 'api-versions')
    return { length, whole: (whole) => this.#decide(exchange, frame, whole) }
  }

  /**
   * A large answer can't be held, and its length can't be changed any more when the brokers' addresses come by at its
   * end. They are a hint (KIP-951): made unknown, the client asks for metadata instead.
   */
  #stream(head: ResponseHead, layout: Layout): Passage {
    const { wire } = this.#connection
    if (!namesBrokers(layout)) return { length: head.length }
    let seen = -1
    let told = false
    const reader = new BodyReader(frameOf(head, layout, true), {
      records: 0,
      onTag: (field, left) => {
        if (field.name === 'nodeEndpoints') seen = left
      },
    })
    const part = (part: Buffer) => {
      reader.feed(part)
      const at = part.length - (seen - reader.ahead)
      if (seen >= 0 && at >= 0) part[at] = NOBODYS_TAG
      const lost = reader.unreadable ?? (seen >= 0 && at < 0 ? 'its hint of brokers has passed' : undefined)
      if (lost !== undefined && !told) wire.gap(`an answer too large to be held that can’t be read: ${lost}`)
      told ||= lost !== undefined
      seen = -1
    }
    return { length: head.length, part }
  }

  #decide(exchange: Exchange, frame: Frame, whole: Buffer): Verdict | Promise<Verdict> {
    const { api, head, armed } = exchange
    const { wire } = this.#connection
    const reader = new BodyReader(frame, { records: Number.POSITIVE_INFINITY })
    reader.feed(whole)
    const { body } = reader
    if (!api || !body) {
      wire.gap(`an answer to ${api?.name} that can’t be read: ${reader.unreadable}`)
      return armed ? this.#act(exchange, armed, frame, reader, whole, false) : undefined
    }
    if (api.name === 'metadata') wire.names.learn(body as unknown as MetadataResponseBody)
    const answer = observeAnswer(api.name, body, this.#connection.origin(head), wire.names, exchange.request)
    if (answer) wire.on(answer)
    const go = (changed: boolean) =>
      armed
        ? this.#act(exchange, armed, frame, reader, whole, changed)
        : changed
          ? [withBody(whole, reader.bodyAt, frame.layout, body)]
          : undefined
    const endpoints = endpointsIn(api.name, body)
    const cluster = api.name === 'metadata' || api.name === 'describe-cluster'
    const placed = wire.brokers.place(endpoints, cluster)
    if (typeof placed === 'boolean') return go(placed)
    return placed.then(go, (error: Error) => {
      wire.gap(`no listener for another broker: ${error.message}`)
      return go(false)
    })
  }

  #act(
    { head, request }: Exchange,
    armed: Armed,
    { layout }: Frame,
    { body, bodyAt }: BodyReader,
    whole: Buffer,
    changed: boolean,
  ): Verdict | Promise<Verdict> {
    const connection = this.#connection
    const { act, topic } = armed.fault
    const error = errorIn(act)
    if (body && error !== undefined) markFailed(body, error, connection.wire.names, topic)
    const answer =
      body && (changed || error !== undefined) ? [withBody(whole, bodyAt, layout, body)] : undefined
    if (!request) return answer
    const { at } = connection.origin(head)
    armed.effect({ ...effectOf(request), at, ...this.#stored(request, body) })
    if (act === 'disconnect') connection.end()
    if (act === 'drop-response') silence(connection, armed, request, 'mute')
    if (act === 'disconnect' || act === 'drop-response') return []
    if (typeof act === 'string' || !('delay' in act)) return answer
    // The delay itself is the fault: there is nothing to wait for but time.
    return pause(act.delay, answer, { signal: connection.closed.signal }).catch(() => [])
  }

  #stored(request: RequestSeen, body: Struct | undefined) {
    return request.api === 'produce' && body
      ? { offsets: baseOffsets(body, this.#connection.wire.names) }
      : {}
  }
}

function frameOf({ length, head }: ResponseHead, layout: Layout, header: boolean): Frame {
  return { length, head, flexibleHead: header && layout.flexible, layout }
}

function namesBrokers({ tagged }: Layout): boolean {
  return [...tagged.values()].some(({ name }) => name === 'nodeEndpoints')
}

function errorIn(act: WireAct): number | undefined {
  return typeof act === 'object' && 'error' in act ? act.error : undefined
}
