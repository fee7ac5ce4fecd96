import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Endpoint } from '../../../core/endpoint.ts'
import { messageOf } from '../../../core/error.ts'
import {
  type ExportRequest,
  type ExportResponse,
  fromJson,
  fromProtobuf,
  toProtobuf,
} from './export-request.ts'
import { bytesOf, TooLarge, unpacked } from './packed.ts'

export interface HttpReceiverOptions {
  /** Where it listens. */
  readonly bind: Endpoint
  readonly keep: (asked: ExportRequest) => ExportResponse
}

const PATH = '/v1/traces'
const PROTOBUF = 'application/x-protobuf'
const JSON_TYPE = 'application/json'

/** A request that is answered with a status of its own. */
class Refused extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** Takes spans by OTLP/HTTP, in Protobuf or JSON, packed by gzip or not. */
export class HttpReceiver implements AsyncDisposable {
  readonly #keep: HttpReceiverOptions['keep']
  readonly #server: Server

  private constructor({ keep }: HttpReceiverOptions) {
    this.#keep = keep
    this.#server = createServer((request, response) => void this.#answer(request, response))
  }

  static async open(options: HttpReceiverOptions): Promise<HttpReceiver> {
    const receiver = new HttpReceiver(options)
    const { host, port } = options.bind
    receiver.#server.listen(port, host)
    await once(receiver.#server, 'listening')
    return receiver
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const { type, body } = await this.#take(request)
      response.writeHead(200, { 'content-type': type }).end(body)
    } catch (error) {
      // What is still on its way is not waited for.
      response.writeHead(statusOf(error), { 'content-type': JSON_TYPE, connection: 'close' })
      response.end(JSON.stringify({ message: messageOf(error).slice(0, 500) }))
    }
  }

  async #take(
    request: IncomingMessage,
  ): Promise<{ readonly type: string; readonly body: string | Uint8Array }> {
    const path = request.url?.split('?')[0]
    if (path !== PATH) throw new Refused(404, `traces are taken at ${PATH}, and nothing at ${path}`)
    if (request.method !== 'POST') throw new Refused(405, `traces are sent by POST, not by ${request.method}`)
    const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase()
    if (type !== PROTOBUF && type !== JSON_TYPE)
      throw new Refused(415, `content-type is '${type ?? ''}', and ${PROTOBUF} or ${JSON_TYPE} is understood`)
    const encoding = request.headers['content-encoding'] ?? 'identity'
    if (encoding !== 'identity' && encoding !== 'gzip')
      throw new Refused(415, `content-encoding is '${encoding}', and gzip is understood`)
    const sent = await bytesOf(request)
    const body = encoding === 'gzip' ? await unpacked(sent) : sent
    if (type === PROTOBUF) return { type, body: toProtobuf(this.#keep(fromProtobuf(body))) }
    return { type, body: JSON.stringify(this.#keep(fromJson(body.toString('utf8')))) }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server, 'close')
    this.#server.close()
    this.#server.closeAllConnections()
    await closed
  }
}

function statusOf(error: unknown): number {
  if (error instanceof Refused) return error.status
  return error instanceof TooLarge ? 413 : 400
}
