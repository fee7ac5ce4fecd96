import type { EventOf } from '../../../proof/history/event.ts'
import { rowsOf, withoutEffects as withoutRows } from '../../consuming/mutations/rows.ts'
import type { Work } from '../view/scaled-work.ts'
import type { ScalingView } from '../view/scaling-view.ts'

/** The transactions of an event's effects without its rows. */
export function withoutEffects(
  work: Work,
  { work: { transactions }, plan }: ScalingView,
): EventOf<'pg.tx'>[] {
  return withoutRows(named(work), transactions, plan.scaling.consumer.effects)
}

/** A transaction of its own with an event's effect, behind everything that happened until `after`. */
export function effectAgain(
  work: Work,
  { plan }: ScalingView,
  after: { readonly seq: number; readonly at: number },
): EventOf<'pg.tx'> | undefined {
  const tx = work.effects[0]
  if (tx === undefined) return undefined
  const rows = rowsOf(named(work), tx, plan.scaling.consumer.effects)
  return { ...tx, rows, seq: after.seq + 0.5, at: after.at, xid: `${tx.xid}0`, commitLsn: tx.commitLsn + 0.5 }
}

/** No newer event of its key could stand for it, should its effect be missing. */
export function standsAlone({ input }: Work, { work }: ScalingView): boolean {
  return (
    !work.overwrites ||
    work.all.every(({ input: other }) => other.key !== input.key || other.version <= input.version)
  )
}

function named({ event, input }: Work) {
  return { id: event, inputs: [input] }
}
