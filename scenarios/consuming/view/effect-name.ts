import { isMarked } from '../../../proof/gates/marked-in.ts'
import type { EventOf, RowChange } from '../../../proof/history/event.ts'
import { amountOf } from '../../../proof/history/json-content.ts'
import { bare } from '../../../proof/history/table-name.ts'
import type { ConsumerDeclaration } from '../plan.ts'
import { weightsOf } from './weights.ts'

// Which row of the effect table is the effect of which event: both have a name, and the names are the same.

/** As much of an event as names its effect. */
interface Named {
  readonly id: string
  readonly key: string
  readonly amount: number
}

type Declared = Pick<ConsumerDeclaration, 'effects'>

/**
 * What the effect of an event is called, by gates and probes in the database as well: its id where rows name it; what a
 * sum grew by, and in which row; else the amount that it alone has.
 */
export function effectName({ effects }: Declared, { id, key, amount }: Named): string {
  if (effects.eventId !== undefined) return id
  return effects.sum === undefined ? String(amount) : weightName(key, amount)
}

export function weightName(key: string, amount: number): string {
  return `${amount} ${key}`
}

/** What the effect of an input is called. */
export function inputName(
  consumer: Declared,
  { event: id, key, amount }: Pick<EventOf<'input'>, 'event' | 'key' | 'amount'>,
): string {
  return effectName(consumer, { id, key, amount })
}

/** Whether a row is one of the effect table. */
export function isOfEffects({ table }: RowChange, { effects }: Declared): boolean {
  return bare(table) === bare(effects.table)
}

/** Whether a row says that its work is done, where that is declared; else the row itself says so. */
export function isDone({ after }: RowChange, { effects: { done } }: Declared): boolean {
  return done === undefined || (after !== undefined && isMarked(done, after) !== false)
}

/** The effects that a row brings, as far as the row alone tells: a sum may hold several, other rows have one at the most. */
export function effectsIn(row: RowChange, consumer: Declared): readonly string[] {
  const { eventId, sum, key = '', amount = '' } = consumer.effects
  const { after } = row
  if (after === undefined || !isOfEffects(row, consumer) || !isDone(row, consumer)) return []
  if (sum !== undefined) return weightsOf(row, sum).map((weight) => weightName(after[key] ?? '', weight))
  const name = eventId === undefined ? amountOf(after[amount]) : after[eventId]
  return name == null ? [] : [name]
}

/** Whether a transaction left an effect of an input. */
export function bringsEffect(
  { rows }: EventOf<'pg.tx'>,
  consumer: Declared,
  input: Pick<EventOf<'input'>, 'event' | 'key' | 'amount'>,
): boolean {
  const name = inputName(consumer, input)
  return rows.some((row) => effectsIn(row, consumer).includes(name))
}
