import { BATCH_HEAD } from './batch-head.ts'
import { BodyReader, type Frame } from './codec/body.ts'
import type { Struct } from './codec/value.ts'
import type { Conversation } from './conversation.ts'
import type { Exchange } from './exchanges.ts'
import { type Armed, groupsOf, topicsOf, type WireEffect } from './fault.ts'
import { readRequestHead } from './head.ts'
import type { Passage, Verdict } from './lane.ts'
import { observeRequest } from './observe-request.ts'
import { canRefuse, refusal } from './refusal.ts'
import { type Api, apiOf } from './schemas/message.ts'
import type { RequestSeen } from './seen.ts'
import { countsAnswers, silence } from './silence.ts'

/** Bytes of a frame that are held for a decision; a larger one passes. */
export const MOST_HELD = 16 * 1024 * 1024

/** A connection's requests: read while they pass; held only where a fault is armed that could hit them. */
export class Requests {
  readonly #connection: Conversation

  constructor(connection: Conversation) {
    this.#connection = connection
  }

  open(bytes: Buffer, at: number): Passage | undefined {
    const head = readRequestHead(bytes, at)
    if (!head) return undefined
    const { wire, exchanges } = this.#connection
    const api = apiOf(head.api)
    const layout = api?.request(head.version)
    if (!api || !layout) {
      wire.unknown(head)
      this.#pass({ head })
      return { length: head.length }
    }
    const exchange: Exchange = { head, api }
    const frame: Frame = { length: head.length, head: head.head, flexibleHead: layout.flexible, layout }
    const reader = new BodyReader(frame, { records: BATCH_HEAD })
    if (wire.faults.awaited(api.name, head.clientId)) {
      if (head.length <= MOST_HELD) {
        return { length: head.length, whole: (whole) => this.#decide(exchange, api, reader, whole) }
      }
      wire.gap('a request too large to be held for a fault')
    }
    this.#pass(exchange)
    const part = (part: Buffer) => {
      reader.feed(part)
      if (reader.ahead > 0) return
      const request = this.#see(exchange, api, reader)
      if (request && !isAnswered(request)) exchanges.forget(exchange)
    }
    return { length: head.length, part }
  }

  #decide(exchange: Exchange, api: Api, reader: BodyReader, whole: Buffer): Verdict {
    reader.feed(whole)
    const request = this.#see(exchange, api, reader)
    const armed = request && this.#connection.wire.faults.meet(request)
    if (!request || !armed) {
      if (!request || isAnswered(request)) this.#pass(exchange)
      return undefined
    }
    return this.#hit(exchange, api, request, armed, reader.body as Struct, whole)
  }

  #hit(
    exchange: Exchange,
    api: Api,
    request: RequestSeen,
    armed: Armed,
    body: Struct,
    whole: Buffer,
  ): Verdict {
    const { act } = armed.fault
    const answered = isAnswered(request)
    if (act === 'drop-request') {
      armed.effect(effectOf(request))
      if (countsAnswers(request.software)) silence(this.#connection, armed, request, 'unheard')
      return []
    }
    if (act === 'duplicate') {
      armed.effect(effectOf(request))
      if (answered) for (const copy of [exchange, { ...exchange, swallow: true } as const]) this.#pass(copy)
      return [whole, whole]
    }
    if (typeof act === 'object' && 'error' in act && canRefuse(api)) {
      armed.effect(effectOf(request))
      if (answered) this.#pass({ ...exchange, answer: refusal(api, exchange.head, body, act.error) })
      return []
    }
    // Everything else is done to the answer.
    if (answered) this.#pass({ ...exchange, armed })
    return undefined
  }

  #see(exchange: Exchange, api: Api, reader: BodyReader): RequestSeen | undefined {
    const { wire, fetching } = this.#connection
    if (!reader.body) {
      wire.gap(`a ${api.name} request that can’t be read: ${reader.unreadable}`)
      return undefined
    }
    if (api.name === 'api-versions') {
      const { clientSoftwareName: name, clientSoftwareVersion: version } = reader.body
      wire.software.introduce(
        this.#connection.id,
        exchange.head.clientId,
        name ? `${name} ${version}` : undefined,
      )
    }
    const origin = this.#connection.origin(exchange.head)
    const request = observeRequest(api.name, reader.body, origin, wire.names, fetching)
    exchange.request = request
    wire.on(request)
    return request
  }

  #pass(exchange: Exchange): void {
    const { exchanges, unheard } = this.#connection
    exchanges.add(unheard ? { head: exchange.head, swallow: true } : exchange)
    this.#connection.asked()
  }
}

/** A producer with acks=0 waits for no answer, and gets none. */
function isAnswered(request: RequestSeen): boolean {
  return request.api !== 'produce' || request.acks !== 0
}

export function effectOf(request: RequestSeen): WireEffect {
  const { api, clientId, connection, correlationId, at } = request
  const [group] = groupsOf(request)
  const offsets = 'offsets' in request ? request.offsets : []
  return {
    api,
    clientId,
    connection,
    correlationId,
    topics: topicsOf(request),
    offsets,
    at,
    ...(group === undefined ? {} : { group }),
  }
}
