import type { View } from '../history/view.ts'
import { neededBy } from '../predicate.ts'
import { type Evidence, type Guard, metUnlessOf } from './guard.ts'

/**
 * Guard 8: each predicate of this scenario finds its violation in a mutated copy of this very history. Where there is
 * nothing that could be mutated so, that is enough for a predicate which the scenario does not claim.
 */
export const mutationsFound: Guard = {
  id: 'mutations',
  title: 'every predicate finds a mutation of this history',
  otherwise: 'INCONCLUSIVE',
  look(evidence) {
    const { predicates } = evidence.view.plan
    if (predicates.length === 0) return { met: false, evidence: 'the plan names no predicate' }
    const seen = predicates.map((id) => ({ id, ...alive(id, evidence) }))
    const missing = new Map(seen.filter(({ alive }) => !alive).map(({ id, says }) => [id, says]))
    const found = seen.filter(({ alive }) => alive).map(({ says }) => says)
    return metUnlessOf(missing, found.join(', '))
  },
}

/** Where a predicate does not say itself what its sight depends on. */
const UNSEEN =
  'what the service writes is not as it is declared; let the tables and columns of the config be those in which one row, or record, says one thing of one event'

function alive<V extends View>(
  id: string,
  { view, predicates, open }: Evidence<V>,
): { readonly alive: boolean; readonly says: string } {
  const predicate = predicates.get(id)
  if (predicate === undefined) return { alive: false, says: `${id} is no predicate` }
  const { mutation } = predicate
  if (mutation.applies?.(view) === false) return { alive: true, says: `${id} has nothing to judge here` }
  const mutated = mutation.apply(view)
  if (mutated === undefined) {
    const claimed = view.plan.asserted === undefined || view.plan.asserted.includes(id)
    return {
      alive: !claimed,
      says: `${id}: this history has nothing that it would judge, so that we could not ${mutation.says}: ${neededBy(predicate)}`,
    }
  }
  const finding = predicate.check(open(mutated))
  const names = mutation.names ?? predicate.names
  if ((finding.kind === 'violated' || finding.kind === 'stalled') && names.includes(finding.name)) {
    return { alive: true, says: `${id} ${finding.name}` }
  }
  const change = mutation.unseen ?? UNSEEN
  return {
    alive: false,
    says: `${id} did not see it in a copy of this history in which we tried to ${mutation.says}: ${change}`,
  }
}
