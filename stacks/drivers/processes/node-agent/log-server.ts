import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:https'
import { answer, type LoggedPods } from './container-logs.ts'
import { LOOPBACK } from './downward.ts'

export interface LogServerOptions {
  readonly port: number
  /** Path of the certificate that it shows, valid for 127.0.0.1. */
  readonly certificate: string
  readonly key: string
  /** Path of the authority whose clients may read: the API server's kubelet client certificate is one. */
  readonly authority: string
}

/**
 * Where the API server fetches what `kubectl logs` asks for. Only clients with a certificate of the cluster's authority
 * are answered, on loopback.
 */
export class LogServer implements AsyncDisposable {
  readonly port: number
  readonly #server: Server
  readonly #over: AbortController

  private constructor(port: number, server: Server, over: AbortController) {
    this.port = port
    this.#server = server
    this.#over = over
  }

  static async start(options: LogServerOptions, pods: LoggedPods): Promise<LogServer> {
    const [cert, key, ca] = await Promise.all(
      [options.certificate, options.key, options.authority].map((path) => readFile(path)),
    )
    const over = new AbortController()
    const tls = { cert, key, ca, requestCert: true, rejectUnauthorized: true } as const
    const server = createServer({ ...tls } as Parameters<typeof createServer>[0], (request, response) => {
      response.on('error', () => {})
      void answer(new URL(request.url ?? '/', 'https://node'), response, pods, over.signal)
    })
    server.listen({ port: options.port, host: LOOPBACK, exclusive: true })
    await once(server, 'listening')
    return new LogServer(options.port, server, over)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over.abort()
    const closed = once(this.#server, 'close')
    this.#server.close()
    this.#server.closeAllConnections()
    await closed
  }
}
