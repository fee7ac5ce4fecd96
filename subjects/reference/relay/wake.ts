import { Client } from 'pg'
import { backoff } from '../service/backoff.ts'
import { log, textOf } from '../service/log.ts'

/** Tells when it is worth looking into the outbox again. */
export interface Wake extends AsyncDisposable {
  /** Resolves at the next notification, or after the poll interval; at once if one came since the last call. */
  next(): Promise<void>
}

/**
 * LISTENs for new events and polls besides: a notification only saves waiting, nothing depends on it. When the
 * listening connection dies, polling goes on and the connection is made again.
 */
export function wakeOnNotify(url: string, pollInterval: number): Wake {
  const pauses = backoff()
  let rung = false
  let ring = () => {
    rung = true
  }
  let closed = false
  let client: Client | undefined
  let retry: NodeJS.Timeout | undefined

  const listen = async () => {
    const fresh = new Client({
      connectionString: url,
      application_name: 'relay-listen',
      keepAlive: true,
      connectionTimeoutMillis: 2000,
    })
    client = fresh
    let over = false
    const again = (error?: Error) => {
      if (over || closed) return
      over = true
      log('not listening, only polling', { error: textOf(error ?? 'the connection ended') })
      fresh.end().catch(() => {})
      retry = setTimeout(listen, pauses.next())
    }
    fresh.on('error', again).on('end', () => again())
    fresh.on('notification', () => ring())
    try {
      await fresh.connect()
      await fresh.query('LISTEN outbox')
      pauses.reset()
      ring() // for what came while nobody listened
    } catch (error) {
      again(error as Error)
    }
  }
  void listen()

  return {
    async next() {
      if (!rung) {
        const { promise, resolve } = Promise.withResolvers<void>()
        const timer = setTimeout(resolve, pollInterval)
        ring = resolve
        await promise
        clearTimeout(timer)
        ring = () => {
          rung = true
        }
      }
      rung = false
    },
    async [Symbol.asyncDispose]() {
      closed = true
      clearTimeout(retry)
      ring()
      await client?.end().catch(() => {})
    },
  }
}
