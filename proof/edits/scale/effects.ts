import type { EventOf } from '../../history/event.ts'
import type { Work } from '../../history/scaled-work.ts'
import type { ScalingView } from '../../history/scaling-view.ts'

/** The transactions of an event's effects without its rows. */
export function withoutEffects(work: Work, view: ScalingView): EventOf<'pg.tx'>[] {
  return [...new Set(work.effects)].map((tx) => ({
    ...tx,
    rows: tx.rows.filter((row) => view.work.of(row) !== work),
  }))
}

/** A transaction of its own with an event's effect, behind everything that happened until `after`. */
export function effectAgain(
  work: Work,
  view: ScalingView,
  after: { readonly seq: number; readonly at: number },
): EventOf<'pg.tx'> | undefined {
  const tx = work.effects[0]
  if (tx === undefined) return undefined
  const rows = tx.rows.filter((row) => view.work.of(row) === work)
  return { ...tx, rows, seq: after.seq + 0.5, at: after.at, xid: `${tx.xid}0`, commitLsn: tx.commitLsn + 0.5 }
}
