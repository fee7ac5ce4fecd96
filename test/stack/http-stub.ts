import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface StubCall {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly headers: IncomingHttpHeaders
  readonly body: Readonly<Record<string, unknown>>
}

export interface HttpStub extends AsyncDisposable {
  readonly url: string
  readonly calls: readonly StubCall[]
  /** Calls with this Idempotency-Key. */
  of(key: string): readonly StubCall[]
}

/** Answers each request with the status that `status` gives, and remembers it. */
export async function httpStub(
  status: (call: StubCall, calls: readonly StubCall[]) => number,
): Promise<HttpStub> {
  const calls: StubCall[] = []
  const server = createServer(async (request, response) => {
    const at = Date.now()
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const call = { at, headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString()) }
    calls.push(call)
    response.writeHead(status(call, calls)).end('{}')
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    calls,
    of: (key) => calls.filter(({ headers }) => headers['idempotency-key'] === key),
    async [Symbol.asyncDispose]() {
      server.close().closeAllConnections()
    },
  }
}
