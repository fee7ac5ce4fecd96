import type { ConsumedEvent } from '../../history/consumed-event.ts'
import type { ConsumerView } from '../../history/consumer-view.ts'
import { bare } from '../../history/effects.ts'
import type { EventOf, RowChange } from '../../history/event.ts'
import { amountOf } from '../../history/json-content.ts'
import type { ConsumerDeclaration } from '../../history/plan.ts'

/** As much of an event as its rows are told by. */
type Named = Pick<ConsumedEvent, 'id' | 'inputs'>
type DeclaredEffects = ConsumerDeclaration['effects']

/** The rows of the effect table that a transaction wrote for an event, as they would be written by another one. */
export function rowsOf(event: Named, tx: EventOf<'pg.tx'>, effects: DeclaredEffects): RowChange[] {
  return tx.rows
    .filter((row) => isEffectRow(row, event, effects))
    .map((row) => {
      if (row.op === 'insert' || effects.amount === undefined) return { ...row, op: 'insert' }
      // A row that is written over is applied again where its sum has grown once more.
      const amount = event.inputs[0]?.amount ?? 1
      const sum = Number(row.after?.[effects.amount] ?? 0) + amount
      return { ...row, after: { ...row.after, [effects.amount]: amountOf(sum) ?? null } }
    })
}

/** A row of the effect table for this event; of any event where rows don't name theirs. */
export function isEffectRow(row: RowChange, { id, inputs }: Named, effects: DeclaredEffects): boolean {
  if (bare(row.table) !== bare(effects.table) || row.after === undefined) return false
  if (effects.eventId !== undefined) return row.after[effects.eventId] === id
  const amount = amountOf(row.after[effects.amount ?? ''])
  return row.op === 'update' || inputs.some((input) => amountOf(input.amount) === amount)
}

/** A row of the dedupe table for this event. */
export function isMemory(row: RowChange, { id }: ConsumedEvent, view: ConsumerView): boolean {
  const { dedupe } = view.plan.consumer
  return dedupe !== undefined && bare(row.table) === bare(dedupe.table) && row.after?.[dedupe.eventId] === id
}

/** Behind everything that was committed. */
export function endOfWal({ transactions, topics }: ConsumerView): number {
  return Math.max(transactions.at(-1)?.commitLsn ?? 0, topics.main.flushed?.lsn ?? 0) + 10
}

/** A transaction without what it did to the effect table for this event. */
export function withoutEffect(
  event: Named,
  tx: EventOf<'pg.tx'>,
  effects: DeclaredEffects,
): EventOf<'pg.tx'> {
  return { ...tx, rows: tx.rows.filter((row) => !isEffectRow(row, event, effects)) }
}

/** Every transaction that has a row of the effect table for this event, without it: a row may be written over later. */
export function withoutEffects(
  event: Named,
  transactions: readonly EventOf<'pg.tx'>[],
  effects: DeclaredEffects,
): EventOf<'pg.tx'>[] {
  return transactions
    .filter(({ rows }) => rows.some((row) => isEffectRow(row, event, effects)))
    .map((tx) => withoutEffect(event, tx, effects))
}
