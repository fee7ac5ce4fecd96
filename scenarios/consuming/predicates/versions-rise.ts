import { counterexample, held, violated } from '../../../proof/findings.ts'
import { bare } from '../../../proof/history/table-name.ts'
import { mutated } from '../../../proof/mutation.ts'
import { committedLater } from '../mutations/rows.ts'
import { behind } from '../mutations/victims.ts'
import { predicate } from '../predicate.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { numberOf } from '../view/effects.ts'

/**
 * OR5. What is known of an entity never gets older.
 *
 * What can violate it: the last write wins: a late copy or an old event sets an earlier state.
 * How it is seen: the declared version column of a row that is written over, in commit order, among the effects or in a
 * table of its own. Rows that are only added lose nothing. Asked only where a version and its key are declared.
 */
export const versionsRise = predicate({
  id: 'OR5',
  title: 'versions rise',
  claim: 'the version of an entity never goes down',
  promise: 'What is known of an entity never gets older.',
  formal: 'the declared version of a row that is written over never goes down',
  controls: ['C3'],
  violations: {
    'stale-overwrite': {},
  },
  undeclared: ({ plan: { consumer } }) =>
    (consumer.versions ?? (consumer.effects.version && consumer.effects.key))
      ? undefined
      : 'no version of anything is declared',
  check(view) {
    const [first] = view.effects.lowered
    if (first === undefined) return held(this.id, view.effects.versioned)
    const { tx, newer, key, from, to } = first
    const says = `transaction ${tx.xid} wrote version ${to} of ${key} over version ${from}`
    return violated(this.id, 'stale-overwrite', counterexample(says, [newer?.seq, tx.seq], { key }))
  },
  /** An older version is written over a newer one. */
  mutation: {
    says: 'write an older version over a newer one',
    applies: ({ effects }) => effects.versioned > 0,
    apply(view) {
      const { effects, versions } = view.plan.consumer
      return lower(view, effects) ?? (versions && lower(view, versions))
    },
  },
})

type Effects = ConsumerView['plan']['consumer']['effects']

function lower(view: ConsumerView, { table, version, key }: Pick<Effects, 'table' | 'version' | 'key'>) {
  if (version === undefined || key === undefined) return undefined
  for (const tx of view.transactions.toReversed()) {
    const row = tx.rows.findLast((one) => bare(one.table) === bare(table) && one.after?.[key] != null)
    const newest = numberOf(row?.after?.[version])
    if (row?.after === undefined || newest === undefined) continue
    const after = { ...row.after, [version]: String(newest - 1) }
    const lowered = committedLater(tx, [{ table, op: 'update', after }], view)
    return mutated(view.events, { added: [{ ...lowered, ...behind(view, 1) }] })
  }
  return undefined
}
