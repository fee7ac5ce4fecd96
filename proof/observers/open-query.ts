import type pg from 'pg'
import { databaseClient } from '../../core/database-client.ts'

export type Row = Readonly<Record<string, string | null>>

/** Milliseconds. A server of a busy machine forks its backends late. */
const CONNECT = 10_000
const BUSY = `the database took no connection within ${CONNECT / 1000} s; if this machine is busy, try --jobs 1`

/**
 * A connection past every link, for what is asked again and again: each new one costs the server a process. It is made
 * with the first question, and anew for the next one after it was lost. Values come as text.
 */
export class OpenQuery implements AsyncDisposable {
  readonly #url: string
  #client: Promise<pg.Client> | undefined
  #last: Promise<unknown> = Promise.resolve()
  #closed = false

  constructor(url: string) {
    this.#url = url
  }

  /** One question after the other, as a connection takes them. @throws pg.DatabaseError, and where the connection is lost meanwhile */
  ask(text: string, parameters?: readonly unknown[]): Promise<readonly Row[]> {
    const answer = this.#last.then(() => this.#ask(text, parameters))
    this.#last = answer.catch(() => {})
    return answer
  }

  async #ask(text: string, parameters?: readonly unknown[]): Promise<readonly Row[]> {
    // A connection that is made behind the end would be nobody's to close.
    if (this.#closed) throw new Error('the connection was closed')
    this.#client ??= this.#connect()
    const client = await this.#client
    const result = await client.query(text, parameters as unknown[] | undefined)
    // Several statements in one text give several results; the last one counts.
    const last = Array.isArray(result) ? result.at(-1) : result
    return last?.rows ?? []
  }

  #connect(): Promise<pg.Client> {
    const client = databaseClient({
      connectionString: this.#url,
      application_name: 'eventproof',
      connectionTimeoutMillis: CONNECT,
      types: { getTypeParser: () => (value: string | Buffer) => String(value) },
    })
    const lost = () => {
      if (this.#client === made) this.#client = undefined
    }
    const made = client.connect().then(
      () => client,
      (cause: Error) => {
        lost()
        throw cause.message === 'timeout expired' ? new Error(BUSY, { cause }) : cause
      },
    )
    client.once('error', lost).once('end', lost)
    return made
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true
    const client = await this.#client?.catch(() => undefined)
    await client?.end().catch(() => {})
  }
}
