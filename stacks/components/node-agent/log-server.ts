import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { open, readFile, stat } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import { pipeline } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { LOOPBACK } from './downward.ts'
import type { NodePods } from './node-pods.ts'

export interface LogServerOptions {
  readonly port: number
  /** Path of the certificate that it shows, valid for 127.0.0.1. */
  readonly certificate: string
  readonly key: string
  /** Path of the authority whose clients may read: the API server's kubelet client certificate is one. */
  readonly authority: string
}

/** Milliseconds between two looks at a log that is followed. */
const FOLLOW = 100

/**
 * What the API server asks for `kubectl logs`: GET /containerLogs/<namespace>/<pod>/<container>, with `follow`,
 * `tailLines`, `limitBytes` and `previous`. Everything else of a kubelet (exec, attach, port-forward) is refused.
 * Only clients with a certificate of the cluster's authority are answered, on loopback.
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

  static async start(options: LogServerOptions, pods: NodePods): Promise<LogServer> {
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

async function answer(url: URL, response: ServerResponse, pods: NodePods, over: AbortSignal): Promise<void> {
  const [, what, namespace = '', pod = '', container = ''] = url.pathname.split('/').map(decodeURIComponent)
  if (what !== 'containerLogs')
    return say(response, 501, 'this node only knows logs: pods are local processes')
  const run = pods.named(namespace, pod)?.containers.find(({ name }) => name === container)
  if (!run) return say(response, 404, `container ${container} of pod ${namespace}/${pod} is not on this node`)
  const { searchParams: query } = url
  for (const unknown of ['timestamps', 'sinceSeconds', 'sinceTime']) {
    const value = query.get(unknown)
    if (value && value !== 'false') return say(response, 400, `this node keeps no times of lines: ${unknown}`)
  }
  const path = run.log(query.get('previous') === 'true')
  const size = (await stat(path).catch(() => undefined))?.size ?? 0
  const lines = query.get('tailLines')
  const start = lines === null ? 0 : await startOfTail(path, size, Number(lines))
  const limit = query.get('limitBytes')
  const end = limit === null ? size : Math.min(size, start + Number(limit))
  response.writeHead(200, { 'content-type': 'text/plain' })
  try {
    if (end > start) {
      await pipeline(createReadStream(path, { start, end: end - 1 }), response, { end: false })
    } else response.flushHeaders()
    if (query.get('follow') === 'true' && limit === null) await follow(path, end, response, run, over)
  } catch {
    // The reader went away, or the log did.
  }
  response.end()
}

/** Sends what is appended until the process has ended, the reader goes away or the server closes. */
async function follow(
  path: string,
  from: number,
  response: ServerResponse,
  run: { readonly pid: number | undefined },
  over: AbortSignal,
): Promise<void> {
  for (let sent = from; !over.aborted && response.writable && !response.destroyed; ) {
    const running = run.pid !== undefined
    const size = (await stat(path).catch(() => undefined))?.size ?? sent
    if (size > sent) {
      await pipeline(createReadStream(path, { start: sent, end: size - 1 }), response, { end: false })
      sent = size
    } else if (!running) return
    await pause(FOLLOW, undefined, { signal: over }).catch(() => {})
  }
}

const NEWLINE = 10
const CHUNK = 64 * 1024

/** Where the last `lines` lines begin; read from the end, for a log may be large. */
async function startOfTail(path: string, size: number, lines: number): Promise<number> {
  if (lines <= 0 || size === 0) return size
  await using file = await open(path, 'r')
  const chunk = Buffer.alloc(CHUNK)
  let seen = 0
  for (let end = size; end > 0; end -= CHUNK) {
    const start = Math.max(0, end - CHUNK)
    const { bytesRead } = await file.read(chunk, 0, end - start, start)
    for (let i = bytesRead - 1; i >= 0; i--) {
      const last = start + i === size - 1
      if (chunk[i] === NEWLINE && !last && ++seen === lines) return start + i + 1
    }
  }
  return 0
}

function say(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain' }).end(`${text}\n`)
}
