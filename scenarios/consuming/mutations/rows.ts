import type { EventOf, RowChange } from '../../../proof/history/event.ts'
import { amountOf } from '../../../proof/history/json-content.ts'
import { bare } from '../../../proof/history/table-name.ts'
import type { ConsumerDeclaration } from '../plan.ts'
import type { ConsumedEvent } from '../view/consumed-event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { effectsIn, inputName, isOfEffects } from '../view/effect-name.ts'

/** As much of an event as its rows are told by. */
type Named = Pick<ConsumedEvent, 'id' | 'inputs'>
type DeclaredEffects = ConsumerDeclaration['effects']

/** The rows of the effect table that a transaction wrote for an event, as they would be written by another one. */
export function rowsOf(event: Named, tx: EventOf<'pg.tx'>, effects: DeclaredEffects): RowChange[] {
  return tx.rows
    .filter((row) => isEffectRow(row, event, effects))
    .map((row) => {
      if (effects.sum !== undefined) return grownAgain(row, event, effects)
      const { amount: column, done } = effects
      // A row that is begun first is one event's own, although it was an update that made it an effect.
      if (row.op === 'insert' || column === undefined || done !== undefined) return { ...row, op: 'insert' }
      // A row that is written over is applied again where its sum has grown once more.
      const amount = event.inputs[0]?.amount ?? 1
      const sum = Number(row.after?.[column] ?? 0) + amount
      return { ...row, after: { ...row.after, [column]: amountOf(sum) ?? null } }
    })
}

/** A row of the effect table for this event; of any event where rows don't name theirs. */
export function isEffectRow(row: RowChange, { id, inputs }: Named, effects: DeclaredEffects): boolean {
  if (!isOfEffects(row, { effects }) || row.after === undefined) return false
  if (effects.eventId !== undefined) return effectsIn(row, { effects }).includes(id)
  const overwritten = effects.sum === undefined && row.op === 'update'
  return overwritten || inputs.some((input) => isIn(row, input, effects))
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

/** A transaction like this one, with other rows, that commits behind everything. */
export function committedLater(
  tx: EventOf<'pg.tx'>,
  rows: readonly RowChange[],
  view: ConsumerView,
): EventOf<'pg.tx'> {
  const commitLsn = endOfWal(view)
  const lsns = { beginLsn: commitLsn - 1, commitLsn }
  return { ...tx, ...lsns, seq: tx.seq + 0.5, xid: `${tx.xid}-mutated`, rows, messages: [] }
}

/** A transaction without what it did to the effect table for this event. */
export function withoutEffect(
  event: Named,
  tx: EventOf<'pg.tx'>,
  effects: DeclaredEffects,
): EventOf<'pg.tx'> {
  const rows = tx.rows.flatMap((row) =>
    isEffectRow(row, event, effects) ? without(row, event, effects) : [row],
  )
  return { ...tx, rows }
}

/** What is left of a row: a sum may hold other events as well. */
function without(row: RowChange, { inputs }: Named, effects: DeclaredEffects): RowChange[] {
  const { sum } = effects
  const own = inputs.find((input) => isIn(row, input, effects))
  if (sum === undefined || own === undefined) return []
  const left = sumIn(row.after, sum) - own.amount
  return left === sumIn(row.before, sum) ? [] : [{ ...row, after: { ...row.after, [sum]: String(left) } }]
}

function isIn(row: RowChange, input: EventOf<'input'>, effects: DeclaredEffects): boolean {
  return effectsIn(row, { effects }).includes(inputName({ effects }, input))
}

/** The row as it would be if an event were added to it once more. */
function grownAgain({ table, after }: RowChange, { inputs }: Named, effects: DeclaredEffects): RowChange {
  const { sum = '' } = effects
  const grown = String(sumIn(after, sum) + (inputs[0]?.amount ?? 1))
  return { table, op: 'update', before: { ...after }, after: { ...after, [sum]: grown } }
}

function sumIn(fields: RowChange['after'], sum: string): number {
  return Number(fields?.[sum] ?? 0)
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

/** All that was ever written for an event, its later states as well, taken out of the transactions that wrote it. */
export function withoutWrites(event: ConsumedEvent, effects: DeclaredEffects): EventOf<'pg.tx'>[] {
  return event.writes.map((tx) => withoutEffect(event, tx, effects))
}
