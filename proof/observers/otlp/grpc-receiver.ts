import { once } from 'node:events'
import { createServer, type Http2Server, type Http2Session, type ServerHttp2Stream } from 'node:http2'
import type { Endpoint } from '../../../core/endpoint.ts'
import { messageOf } from '../../../core/error.ts'
import { type ExportRequest, type ExportResponse, fromProtobuf, toProtobuf } from './export-request.ts'
import { bytesOf, TooLarge, unpacked } from './packed.ts'

export interface GrpcReceiverOptions {
  /** Where it listens. */
  readonly bind: Endpoint
  readonly keep: (asked: ExportRequest) => ExportResponse
}

const METHOD = '/opentelemetry.proto.collector.trace.v1.TraceService/Export'
/** Before a message: whether it is packed, and its length. */
const PREFIX = 5

/** By gRPC's numbers. */
const STATUS = { ok: 0, invalidArgument: 3, resourceExhausted: 8, unimplemented: 12 } as const

/** A call that is answered with another status than OK. */
class Refused extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** Takes spans by OTLP/gRPC without TLS: one message a call, packed by gzip or not. */
export class GrpcReceiver implements AsyncDisposable {
  readonly #keep: GrpcReceiverOptions['keep']
  readonly #server: Http2Server
  readonly #sessions = new Set<Http2Session>()

  private constructor({ keep }: GrpcReceiverOptions) {
    this.#keep = keep
    this.#server = createServer()
    this.#server.on('session', (session) => {
      this.#sessions.add(session)
      session.on('error', () => {}).once('close', () => this.#sessions.delete(session))
    })
    this.#server.on('stream', (stream, headers) => void this.#answer(stream, headers))
  }

  static async open(options: GrpcReceiverOptions): Promise<GrpcReceiver> {
    const receiver = new GrpcReceiver(options)
    const { host, port } = options.bind
    receiver.#server.listen(port, host)
    await once(receiver.#server, 'listening')
    return receiver
  }

  async #answer(stream: ServerHttp2Stream, headers: Headers): Promise<void> {
    stream.on('error', () => {})
    const answer = await this.#take(stream, headers).then(
      (body) => ({ body, status: STATUS.ok, message: '' }),
      (error: unknown) => ({
        body: undefined,
        status: statusOf(error),
        message: messageOf(error).slice(0, 500),
      }),
    )
    if (stream.destroyed) return
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true })
    stream.once('wantTrailers', () =>
      stream.sendTrailers({
        'grpc-status': String(answer.status),
        ...(answer.message === '' ? {} : { 'grpc-message': encodeURIComponent(answer.message) }),
      }),
    )
    stream.end(answer.body === undefined ? undefined : framed(answer.body))
  }

  async #take(stream: ServerHttp2Stream, headers: Headers): Promise<Uint8Array> {
    const path = headers[':path']
    if (path !== METHOD)
      throw new Refused(STATUS.unimplemented, `${METHOD} is understood, and not ${String(path)}`)
    const type = String(headers['content-type'] ?? '')
    if (!type.startsWith('application/grpc'))
      throw new Refused(STATUS.invalidArgument, `content-type is '${type}', and not application/grpc`)
    const message = await messageIn(stream, headers['grpc-encoding'])
    return toProtobuf(this.#keep(fromProtobuf(message)))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server, 'close')
    this.#server.close()
    for (const session of this.#sessions) session.destroy()
    await closed
  }
}

type Headers = Readonly<Record<string, string | string[] | undefined>>

async function messageIn(stream: ServerHttp2Stream, encoding: unknown): Promise<Buffer> {
  const all = await bytesOf(stream)
  if (all.length < PREFIX || all.readUInt32BE(1) !== all.length - PREFIX)
    throw new Refused(
      STATUS.invalidArgument,
      'a call has one message, as long as the four bytes before it say',
    )
  const message = all.subarray(PREFIX)
  if (all[0] === 0) return message
  if (encoding !== 'gzip')
    throw new Refused(STATUS.unimplemented, `grpc-encoding is '${String(encoding)}', and gzip is understood`)
  return unpacked(message)
}

function statusOf(error: unknown): number {
  if (error instanceof Refused) return error.status
  return error instanceof TooLarge ? STATUS.resourceExhausted : STATUS.invalidArgument
}

function framed(message: Uint8Array): Buffer {
  const prefix = Buffer.alloc(PREFIX)
  prefix.writeUInt32BE(message.length, 1)
  return Buffer.concat([prefix, message])
}
