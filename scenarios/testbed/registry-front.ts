import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { Endpoint } from '../../core/endpoint.ts'
import { messageOf } from '../../core/error.ts'

/** What a client asks of a registry. */
export interface Asked {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array<ArrayBuffer>
}

export interface Answered {
  readonly status: number
  readonly body: Uint8Array | string
}

/** What is behind: the registry itself. */
export type Behind = (asked: Asked) => Promise<Answered>

/** How a registry answers: by itself, late, or with what it never said. */
export type Answers = (asked: Asked, behind: Behind) => Promise<Answered>

/** Of a gateway whose server can not be reached. */
const BAD_GATEWAY = 502

/** What stands before a schema registry, and hands on what is asked of it, or answers as it is told to. */
export class RegistryFront implements AsyncDisposable {
  readonly #server: Server
  #answers: Answers | undefined
  #asked = 0

  private constructor(registry: Endpoint) {
    const behind: Behind = (asked) => passOn(registry, asked)
    this.#server = createServer(async (request, response) => {
      this.#asked++
      const asked = {
        method: request.method ?? 'GET',
        path: request.url ?? '/',
        headers: {
          'content-type': request.headers['content-type'] ?? '',
          accept: request.headers.accept ?? '',
        },
        body: new Uint8Array(await buffer(request)),
      }
      const { status, body } = await (this.#answers?.(asked, behind) ?? behind(asked)).catch((error) => ({
        status: BAD_GATEWAY,
        body: JSON.stringify({ error_code: BAD_GATEWAY, message: messageOf(error) }),
      }))
      response.writeHead(status, { 'content-type': 'application/vnd.schemaregistry.v1+json' }).end(body)
    })
  }

  /** On a port of loopback. */
  static async open(registry: Endpoint): Promise<RegistryFront> {
    const front = new RegistryFront(registry)
    front.#server.listen(0, '127.0.0.1')
    await once(front.#server, 'listening')
    return front
  }

  get endpoint(): Endpoint {
    return { host: '127.0.0.1', port: (this.#server.address() as AddressInfo).port }
  }

  /** Questions so far. */
  get asked(): number {
    return this.#asked
  }

  /** From now on; undefined: as the registry does. */
  answerBy(answers: Answers | undefined): void {
    this.#answers = answers
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close().closeAllConnections()
  }
}

async function passOn({ host, port }: Endpoint, asked: Asked): Promise<Answered> {
  const { method, path, headers, body } = asked
  const given = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''))
  const response = await fetch(`http://${host}:${port}${path}`, {
    method,
    headers: given,
    ...(body.length === 0 ? {} : { body }),
  })
  return { status: response.status, body: new Uint8Array(await response.arrayBuffer()) }
}
