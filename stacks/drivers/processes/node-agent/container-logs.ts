import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'

/** Containers whose logs can be asked for. */
export interface LoggedPods {
  named(namespace: string, pod: string): { readonly containers: readonly LoggedContainer[] } | undefined
}

export interface LoggedContainer {
  readonly name: string
  readonly pid: number | undefined
  /** The log of its newest process, or of the one before. */
  log(previous?: boolean): string
}

/** Milliseconds between two looks at a log that is followed. */
const FOLLOW = 100

/**
 * Answers as a kubelet: GET /containerLogs/<namespace>/<pod>/<container>, with `follow`, `tailLines`, `limitBytes` and
 * `previous`. All else that a kubelet serves (exec, attach, port-forward) is refused. Never rejects.
 */
export async function answer(
  url: URL,
  response: ServerResponse,
  pods: LoggedPods,
  over: AbortSignal,
): Promise<void> {
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

/** Sends what is appended until this process has ended (its successor logs elsewhere), the reader goes away or the server closes. */
async function follow(
  path: string,
  from: number,
  response: ServerResponse,
  run: LoggedContainer,
  over: AbortSignal,
): Promise<void> {
  const { pid } = run
  for (let sent = from; !over.aborted && response.writable && !response.destroyed; ) {
    const running = pid !== undefined && run.pid === pid
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
