import { type Mutation, mutated } from '../../../proof/mutation.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { bare, numberOf } from '../view/effects.ts'
import { endOfWal } from './rows.ts'
import { behind } from './victims.ts'

type Effects = ConsumerView['plan']['consumer']['effects']

/** OR5: an older version is written over a newer one. */
export const lowerVersion: Mutation<ConsumerView> = {
  predicate: 'OR5',
  says: 'write an older version over a newer one',
  names: ['stale-overwrite'],
  applies: ({ effects }) => effects.versioned > 0,
  apply(view) {
    const { effects, versions } = view.plan.consumer
    return lower(view, effects) ?? (versions && lower(view, versions))
  },
}

function lower(view: ConsumerView, { table, version, key }: Pick<Effects, 'table' | 'version' | 'key'>) {
  if (version === undefined || key === undefined) return undefined
  for (const tx of view.transactions.toReversed()) {
    const row = tx.rows.findLast((one) => bare(one.table) === bare(table) && one.after?.[key] != null)
    const newest = numberOf(row?.after?.[version])
    if (row?.after === undefined || newest === undefined) continue
    const after = { ...row.after, [version]: String(newest - 1) }
    const commitLsn = endOfWal(view)
    const lsns = { xid: `${tx.xid}-mutated`, beginLsn: commitLsn - 1, commitLsn, messages: [] }
    const rows = [{ table, op: 'update', after } as const]
    return mutated(view.events, { added: [{ ...tx, ...behind(view, 1), ...lsns, rows }] })
  }
  return undefined
}
