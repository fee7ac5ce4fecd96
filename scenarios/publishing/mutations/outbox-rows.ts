import type { EventOf } from '../../../proof/history/event.ts'
import type { PublisherDeclaration } from '../plan.ts'
import type { ExpectedEvent } from '../view/expected-event.ts'

/** The transaction of an event, with another payload in its outbox row. */
export function withPayload(
  { id, tx }: ExpectedEvent,
  payload: string,
  outbox: NonNullable<PublisherDeclaration['outbox']>,
): EventOf<'pg.tx'> {
  const rows = tx.event.rows.map((row) =>
    row.after?.[outbox.id] === id && outbox.payload !== undefined
      ? { ...row, after: { ...row.after, [outbox.payload]: payload } }
      : row,
  )
  return { ...tx.event, rows }
}
