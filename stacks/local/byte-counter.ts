import { connect, createServer, type Server, type Socket } from 'node:net'
import type { Endpoint } from '../../core/endpoint.ts'
import { LOOPBACK } from './loopback.ts'

/**
 * A plain forwarder that counts what passes. It stands between Toxiproxy and the target, because Toxiproxy's own
 * counters know a connection only after it ended well: not while a fault holds it, and never when it is cut.
 */
export interface ByteCounter extends AsyncDisposable {
  readonly port: number
  /** Bytes that reached the target. */
  readonly requests: number
  /** Bytes that the target sent; a fault in front may have swallowed them. */
  readonly responses: number
}

/**
 * @param host where it listens itself
 */
export async function countBytes(port: number, target: Endpoint, host = LOOPBACK): Promise<ByteCounter> {
  const counts = { requests: 0, responses: 0 }
  const open = new Set<Socket>()
  const server = createServer({ noDelay: true }, (client) => {
    const upstream = connect({ ...target, noDelay: true })
    join(client, upstream, (bytes) => {
      counts.requests += bytes
    })
    join(upstream, client, (bytes) => {
      counts.responses += bytes
    })
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.once('close', () => open.delete(socket))
    }
  })
  await listen(server, port, host)
  return {
    port,
    get requests() {
      return counts.requests
    },
    get responses() {
      return counts.responses
    },
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const socket of open) socket.destroy()
      await closed
    },
  }
}

/** One direction: bytes, back pressure, and the way it ends (a FIN stays a FIN, an error becomes a reset). */
function join(from: Socket, to: Socket, count: (bytes: number) => void): void {
  from.on('data', (chunk) => {
    count(chunk.length)
    if (!to.write(chunk)) from.pause()
  })
  to.on('drain', () => from.resume())
  from.on('end', () => to.end())
  from.on('error', () => to.resetAndDestroy())
  from.on('close', () => to.destroySoon())
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host }, () => resolve())
  })
}
