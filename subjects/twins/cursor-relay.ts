import type { OutboxRow } from '../reference/relay/outbox-row.ts'
import { relayFromEnvironment, runRelay } from '../reference/relay/setup.ts'
import { transaction } from '../reference/service/transaction.ts'

/** Remembers in a table how far it got by `column`, and reads what is above it; marks nothing. */
export function runCursorRelay(column: 'sequence' | 'created_at'): void {
  const setup = relayFromEnvironment()
  runRelay({
    ...setup,
    moveBatch: () =>
      transaction(setup.database, async (tx) => {
        const { rows } = await tx.query<OutboxRow & { position: string }>(
          `SELECT id, aggregate_type AS "aggregateType", aggregate_id AS "aggregateId", event_type AS "eventType",
                  payload, traceparent, created_at AS "createdAt", ${column}::text AS position
             FROM outbox_events, (SELECT position FROM relay_cursor FOR UPDATE) AS so_far
            WHERE so_far.position = '' OR ${column} > so_far.position::${column === 'sequence' ? 'bigint' : 'timestamptz'}
            ORDER BY ${column} LIMIT 1000`,
        )
        if (rows.length === 0) return 0
        const { failure } = await setup.steps.publish(rows)
        if (failure !== undefined) throw failure
        await tx.query('UPDATE relay_cursor SET position = $1', [rows.at(-1)?.position])
        return rows.length
      }),
  })
}
