import { counterexample, held, violated } from '../../../proof/findings.ts'
import type { Predicate } from '../../../proof/predicate.ts'
import type { ConsumerView } from '../view/consumer-view.ts'

/**
 * OR5. What is known of an entity never gets older.
 *
 * What can violate it: the last write wins: a late copy or an old event sets an earlier state.
 * How it is seen: the declared version column of a row that is written over, in commit order, among the effects or in a
 * table of its own. Rows that are only added lose nothing. Asked only where a version and its key are declared.
 */
export const versionsRise: Predicate<ConsumerView> = {
  id: 'OR5',
  promise: 'what is known of an entity never gets older',
  names: ['stale-overwrite'],
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
}
