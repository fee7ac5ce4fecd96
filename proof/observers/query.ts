import pg from 'pg'

/** One query on a connection of its own, past every link: for what a observer asks once. Values come as text. */
export async function query(
  url: string,
  text: string,
  parameters?: readonly unknown[],
): Promise<Record<string, string | null>[]> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'eventproof',
    connectionTimeoutMillis: 3000,
    types: { getTypeParser: () => (value: string | Buffer) => String(value) },
  })
  client.on('error', () => {})
  try {
    await client.connect()
    const result = await client.query(text, parameters as unknown[] | undefined)
    // Several statements in one text give several results; the last one counts.
    const last = Array.isArray(result) ? result.at(-1) : result
    return last?.rows ?? []
  } finally {
    await client.end().catch(() => {})
  }
}
