import type { Pool, PoolClient } from 'pg'
import type { ConsumedRecord } from '../consumer/record.ts'
import type { DeadLetter } from './dead-letter.ts'

export type Decision = 'redriven' | 'parked'

/** Which of the letters that wait. */
export interface Selection {
  readonly leastRedrives: number
  readonly mostRedrives: number
  /** Of these events only. */
  readonly eventIds?: readonly string[]
}

interface Row {
  readonly topic: string
  readonly partition: number
  readonly offset: string
  readonly event_id: string | null
  readonly original_topic: string
  readonly error: string
  readonly redrives: number
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers: readonly (readonly [name: string, base64: string | null])[]
  readonly arrived_at: Date
}

/** Keeps letters until somebody decides; one that is kept already stays as it is. */
export async function keep(database: Pool, letters: readonly DeadLetter[]): Promise<void> {
  for (const { record, eventId, originalTopic, error, redrives } of letters) {
    const headers = record.headers.map(([name, value]) => [name, value?.toString('base64') ?? null])
    await database.query(
      `INSERT INTO dead_letters (topic, "partition", "offset", event_id, original_topic, error, redrives,
                                 "key", value, headers)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING`,
      [
        record.topic,
        record.partition,
        record.offset,
        eventId ?? null,
        originalTopic,
        error,
        redrives,
        record.key,
        record.value,
        JSON.stringify(headers),
      ].map(withoutNul),
    )
  }
}

/** The database's time, as {@link claim} wants it. */
export async function present(database: Pool): Promise<string> {
  const { rows } = await database.query<{ now: string }>('SELECT now()::text AS now')
  return rows[0]?.now ?? 'now'
}

/** The oldest letters of a selection, up to `most`; nobody else decides about them until the transaction ends. */
export async function claim(
  tx: PoolClient,
  selection: Selection,
  arrivedBefore: string,
  most: number,
): Promise<DeadLetter[]> {
  const { rows } = await tx.query<Row>(
    `SELECT * FROM dead_letters
      WHERE decision IS NULL AND redrives BETWEEN $1 AND $2 AND ($3::text[] IS NULL OR event_id = ANY ($3))
        AND arrived_at <= $4::timestamptz
      ORDER BY arrived_at, "partition", "offset" LIMIT $5 FOR UPDATE SKIP LOCKED`,
    [selection.leastRedrives, selection.mostRedrives, selection.eventIds ?? null, arrivedBefore, most],
  )
  return rows.map(letterOf)
}

/** Writes down what became of a letter, and who wanted it. */
export async function decided(
  tx: PoolClient,
  { topic, partition, offset }: ConsumedRecord,
  decision: Decision,
  by: string,
): Promise<void> {
  await tx.query(
    `UPDATE dead_letters SET decision = $4, decided_by = $5, decided_at = now()
      WHERE topic = $1 AND "partition" = $2 AND "offset" = $3`,
    [topic, partition, offset, decision, by],
  )
}

/** What waits, for people: the oldest first. */
export async function waiting(database: Pool): Promise<readonly Record<string, unknown>[]> {
  const { rows } = await database.query(
    `SELECT topic, "partition", "offset"::float8, event_id AS "eventId", error, redrives, arrived_at AS "arrivedAt"
       FROM dead_letters WHERE decision IS NULL ORDER BY arrived_at, "partition", "offset" LIMIT 1000`,
  )
  return rows
}

function letterOf(row: Row): DeadLetter {
  const headers = row.headers.map(
    ([name, base64]) => [name, base64 === null ? null : Buffer.from(base64, 'base64')] as const,
  )
  const { topic, partition, key, value } = row
  const record = { topic, partition, offset: BigInt(row.offset), key, value, headers }
  return {
    record: { ...record, timestamp: BigInt(row.arrived_at.getTime()) },
    eventId: row.event_id ?? undefined,
    originalTopic: row.original_topic,
    error: row.error,
    redrives: row.redrives,
  }
}

/** Postgres keeps no NUL in a text; the record's own bytes are kept as they are. */
function withoutNul(value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\u0000', '\ufffd') : value
}
