import type { EffectRows } from '../../../proof/gates/effect-rows.sql.ts'
import { marksOf } from '../../../proof/gates/marked-in.ts'
import type { DeclaredTable } from '../../../proof/observers/declared-tables.ts'
import type { ConsumerDeclaration } from '../plan.ts'

/** How triggers on a consumer's effects tell which event a row belongs to. */
export function effectRows({ effects }: ConsumerDeclaration): EffectRows {
  const { sum, key, done } = effects
  if (sum !== undefined) return { table: effects.table, column: sum, by: 'growth', ...(key ? { key } : {}) }
  const column = effects.eventId ?? effects.amount
  if (column === undefined) throw new Error('effects name neither an event id nor an amount')
  return { table: effects.table, column, ...(done ? { done } : {}) }
}

/** The table, and the columns that it must have. */
export function effectColumns({ effects: { done, ...columns } }: ConsumerDeclaration): DeclaredTable {
  return done === undefined ? columns : { ...columns, done: marksOf(done).column }
}
