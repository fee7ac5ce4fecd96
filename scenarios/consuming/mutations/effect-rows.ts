import type { EventOf } from '../../../proof/history/event.ts'
import type { ConsumerDeclaration } from '../plan.ts'
import type { Repeated } from '../view/effect-content.ts'

/** The transaction of an effect, with something else in the column that repeats its event. */
export function withColumn(
  { event, effect, column }: Repeated,
  effects: ConsumerDeclaration['effects'],
): EventOf<'pg.tx'> {
  const name = effects[column] ?? ''
  const rows = effect.tx.rows.map((row) =>
    row.after?.[effects.eventId ?? ''] === event.id ? { ...row, after: { ...row.after, [name]: '-1' } } : row,
  )
  return { ...effect.tx, rows }
}
