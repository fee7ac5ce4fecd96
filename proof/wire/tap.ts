import { connect, createServer, type Server, type Socket } from 'node:net'
import { Frames } from './frames.ts'
import { type ClientRequest, readRequest } from './request.ts'

export interface TapOptions {
  /** Where clients connect, on 127.0.0.1: the port that the broker's listener advertises. */
  readonly port: number
  /** Where the broker listens, on 127.0.0.1. */
  readonly upstreamPort: number
  readonly onRequest: (request: ClientRequest) => void
}

/**
 * Listens in between clients and a broker: passes every byte on as it came and reads the requests beside it. What it
 * can't read it passes on all the same.
 */
export class Tap implements AsyncDisposable {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()

  private constructor(server: Server) {
    this.#server = server
  }

  static open({ port, upstreamPort, onRequest }: TapOptions): Promise<Tap> {
    return new Promise((resolve, reject) => {
      const server = createServer({ noDelay: true }, (client) => tap.#join(client, upstreamPort, onRequest))
      const tap = new Tap(server)
      server.once('error', reject)
      server.listen(port, '127.0.0.1', () => resolve(tap))
    })
  }

  #join(client: Socket, upstreamPort: number, onRequest: (request: ClientRequest) => void): void {
    const broker = connect({ host: '127.0.0.1', port: upstreamPort, noDelay: true })
    client.on('data', requestReader(onRequest))
    client.pipe(broker)
    broker.pipe(client)
    for (const [socket, other] of [
      [client, broker],
      [broker, client],
    ] as const) {
      this.#sockets.add(socket)
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        this.#sockets.delete(socket)
        other.destroy()
      })
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
  }
}

function requestReader(onRequest: (request: ClientRequest) => void): (chunk: Buffer) => void {
  let frames: Frames | undefined = new Frames()
  return (chunk) => {
    let whole: Buffer[] = []
    try {
      whole = frames?.push(chunk) ?? []
    } catch {
      // Not Kafka's protocol from here on; the bytes are passed on, nothing more is claimed of them.
      frames = undefined
    }
    for (const frame of whole) {
      try {
        onRequest(readRequest(frame))
      } catch {
        // One request that can't be read; where the next one begins is known.
      }
    }
  }
}
