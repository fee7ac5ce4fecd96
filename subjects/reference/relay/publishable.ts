import type { OutboxRow } from './outbox-row.ts'

/** Bytes of a payload; the guide's limit of 1 MB, below Kafka's default of 1,048,588 for a whole batch. */
export const LARGEST_PAYLOAD = 1_000_000

/** Why an event can never be published, or undefined. */
export function unpublishable(row: OutboxRow): string | undefined {
  const bytes = Buffer.byteLength(row.payload)
  if (bytes > LARGEST_PAYLOAD) return `the payload has ${bytes} bytes, more than ${LARGEST_PAYLOAD}`
  if (!/^[\w.-]{1,200}$/.test(row.aggregateType))
    return `'${row.aggregateType}' can't be part of a topic name`
  try {
    JSON.parse(row.payload)
  } catch {
    return 'the payload is not JSON'
  }
  return undefined
}

/** Cuts rows, in order, into requests of at most `bytes`; a row that is larger alone gets one of its own. */
export function requests(rows: readonly OutboxRow[], bytes: number): readonly (readonly OutboxRow[])[] {
  const cut: OutboxRow[][] = []
  let room = 0
  for (const row of rows) {
    const size = Buffer.byteLength(row.payload) + 600
    if (cut.length === 0 || size > room) {
      cut.push([])
      room = bytes
    }
    cut.at(-1)?.push(row)
    room -= size
  }
  return cut
}
