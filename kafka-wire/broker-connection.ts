import { connect, type Socket } from 'node:net'
import { firstEndpoint } from '../core/endpoint.ts'
import { EventproofError } from '../core/error.ts'
import { within } from '../core/until.ts'
import { decode } from './codec/decode.ts'
import { encode } from './codec/encode.ts'
import type { Struct } from './codec/value.ts'
import { FrameReader, FrameWriter } from './frame.ts'
import { Frames } from './frames.ts'
import type { ApiName } from './schemas/api.ts'
import { apiNamed } from './schemas/message.ts'

export class BrokerUnreachable extends EventproofError {
  override readonly code = 'EVENTPROOF_BROKER_UNREACHABLE'
}

/** One request at a time over one TCP connection: all that a log observer needs, and nothing that retries behind its back. */
export class BrokerConnection implements AsyncDisposable {
  readonly #socket: Socket
  readonly #frames = new Frames()
  #waiting: { resolve(frame: Buffer): void; reject(error: Error): void } | undefined
  #correlation = 0
  #closed: Error | undefined

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.on('data', (chunk) => this.#receive(chunk))
    const closed = (error?: Error) => {
      this.#closed ??= error ?? new Error('the broker closed the connection')
      this.#waiting?.reject(this.#closed)
    }
    socket.on('error', closed)
    socket.on('close', () => closed())
  }

  /** @throws {BrokerUnreachable} */
  static async open(bootstrapServers: string): Promise<BrokerConnection> {
    const { host, port } = firstEndpoint(bootstrapServers)
    return new Promise((resolve, reject) => {
      const socket = connect({ host, port, noDelay: true })
      socket.once('connect', () => resolve(new BrokerConnection(socket)))
      socket.once('error', (cause) => {
        reject(
          new BrokerUnreachable('the broker can’t be reached', {
            what: cause.message,
            where: bootstrapServers,
            cause,
          }),
        )
      })
    })
  }

  /** Sends a request with header version 1 and resolves with the body of its response (header version 0). */
  async request(
    api: number,
    version: number,
    write: (body: FrameWriter) => void,
    deadline = 10_000,
  ): Promise<FrameReader> {
    if (this.#closed) throw this.#closed
    const correlation = ++this.#correlation
    const frame = new FrameWriter().int16(api).int16(version).int32(correlation).string('eventproof-observer')
    write(frame)
    const answer = new Promise<Buffer>((resolve, reject) => {
      this.#waiting = { resolve, reject }
    })
    this.#socket.write(frame.framed())
    const reader = new FrameReader(await within(deadline, `a broker's answer to api ${api}`, answer))
    const answered = reader.int32()
    if (answered !== correlation)
      throw new Error(`the broker answered request ${answered}, expected ${correlation}`)
    return reader
  }

  /**
   * Asks in the words of Kafka's own definitions, and resolves with the answer in them.
   * @throws RangeError where the answer is not what this version of the API has
   */
  async ask(name: ApiName, version: number, message: Struct, deadline?: number): Promise<Struct> {
    const { key, request, response } = apiNamed(name)
    const [asked, answered] = [request(version), response(version)]
    if (!asked || !answered) throw new RangeError(`there is no version ${version} of ${name}`)
    const write = (body: FrameWriter) => {
      if (asked.flexible) body.unsignedVarint(0)
      encode(asked, message, body)
    }
    const answer = await this.request(key, version, write, deadline)
    if (answered.flexible) answer.skipTaggedFields()
    return decode(answered, answer.bytes.subarray(answer.at))
  }

  #receive(chunk: Buffer): void {
    try {
      for (const frame of this.#frames.push(chunk)) {
        this.#waiting?.resolve(frame)
        this.#waiting = undefined
      }
    } catch (error) {
      // What answers here does not speak Kafka's protocol; the socket's listeners tell who waits.
      this.#socket.destroy(error as Error)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.destroy()
  }
}
