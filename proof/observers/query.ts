import { databaseClient } from '../../core/database-client.ts'

/** Milliseconds. A server of a busy machine forks its backends late. */
const CONNECT = 10_000
const BUSY = `the database took no connection within ${CONNECT / 1000} s; if this machine is busy, try --jobs 1`

/** One query on a connection of its own, past every link: for what a observer asks once. Values come as text. */
export async function query(
  url: string,
  text: string,
  parameters?: readonly unknown[],
): Promise<Record<string, string | null>[]> {
  const client = databaseClient({
    connectionString: url,
    application_name: 'eventproof',
    connectionTimeoutMillis: CONNECT,
    types: { getTypeParser: () => (value: string | Buffer) => String(value) },
  })
  try {
    await client.connect().catch((cause: Error) => {
      throw cause.message === 'timeout expired' ? new Error(BUSY, { cause }) : cause
    })
    const result = await client.query(text, parameters as unknown[] | undefined)
    // Several statements in one text give several results; the last one counts.
    const last = Array.isArray(result) ? result.at(-1) : result
    return last?.rows ?? []
  } finally {
    await client.end().catch(() => {})
  }
}
