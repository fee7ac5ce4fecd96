import { textAt } from '../../../proof/history/column-place.ts'
import type { EventOf } from '../../../proof/history/event.ts'
import type { PublisherDeclaration } from '../plan.ts'
import type { ExpectedEvent } from '../view/expected-event.ts'

/**
 * The transaction of an event, with another payload in its outbox row, or in its logical message.
 * @returns undefined where that changes nothing
 */
export function withPayload(
  { source, id, tx, payload }: ExpectedEvent,
  outbox: PublisherDeclaration['outbox'],
  change: (payload: string) => string,
): EventOf<'pg.tx'> | undefined {
  if (id === undefined || typeof payload !== 'string' || change(payload) === payload) return undefined
  if (source === 'message') {
    const messages = tx.event.messages.map((message) =>
      message.content.includes(id) ? { ...message, content: change(message.content) } : message,
    )
    return { ...tx.event, messages }
  }
  const { payload: column, id: named } = outbox ?? {}
  if (column === undefined || named === undefined) return undefined
  const rows = tx.event.rows.map((row) =>
    textAt(row.after, named) === id && row.after
      ? { ...row, after: { ...row.after, [column]: change(payload) } }
      : row,
  )
  return { ...tx.event, rows }
}
