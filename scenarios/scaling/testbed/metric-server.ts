import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Answers a Prometheus query, whatever it asks, with one number that is looked up at that moment. */
export class MetricServer implements AsyncDisposable {
  readonly url: string
  readonly #server: Server

  private constructor(server: Server) {
    this.#server = server
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  static async open(value: () => Promise<number>): Promise<MetricServer> {
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
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return new MetricServer(server)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server, 'close')
    this.#server.close()
    this.#server.closeAllConnections()
    await closed
  }
}
