import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { endpointText } from '../../../core/endpoint.ts'
import type { Listener, Viewpoint } from '../../../stacks/stack.ts'

/** Answers a Prometheus query, whatever it asks, with one number that is looked up at that moment. */
export class MetricServer implements AsyncDisposable {
  readonly #server: Server
  readonly #listener: Listener

  private constructor(server: Server, listener: Listener) {
    this.#server = server
    this.#listener = listener
  }

  url(from: Viewpoint): string {
    return `http://${endpointText(this.#listener.endpoint(from))}`
  }

  /** @param listener disposed by the caller, after it */
  static async open(listener: Listener, value: () => Promise<number>): Promise<MetricServer> {
    const server = createServer(async (_request, response) => {
      try {
        const number = await value()
        const result = [{ metric: {}, value: [Date.now() / 1000, String(number)] }]
        response.setHeader('content-type', 'application/json')
        response.end(JSON.stringify({ status: 'success', data: { resultType: 'vector', result } }))
      } catch (error) {
        response.writeHead(503).end(JSON.stringify({ status: 'error', error: String(error) }))
      }
    })
    server.listen(listener.bind.port, listener.bind.host)
    await once(server, 'listening')
    return new MetricServer(server, listener)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server, 'close')
    this.#server.close()
    this.#server.closeAllConnections()
    await closed
  }
}
