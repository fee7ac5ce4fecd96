import type { View } from '../history/view.ts'
import type { Kind } from '../kind.ts'
import { type Guard, metUnless } from './guard.ts'

/**
 * Guard 8: each predicate of this scenario finds its violation in an mutated copy of this very history. Where there is nothing
 * that could be mutated so, that is enough for a predicate which the scenario does not claim.
 */
export const mutationsFound: Guard = {
  id: 'mutations',
  title: 'every predicate finds an mutation of this history',
  otherwise: 'INCONCLUSIVE',
  look({ view, kind }) {
    const missing: string[] = []
    const found: string[] = []
    for (const id of view.plan.predicates) {
      const seen = alive(id, view, kind)
      if (seen.alive) found.push(seen.says)
      else missing.push(seen.says)
    }
    if (view.plan.predicates.length === 0) missing.push('the plan names no predicate')
    return metUnless(missing, found.join(', '))
  },
}

function alive<V extends View>(
  id: string,
  view: V,
  { predicates, mutations, view: open }: Kind<V['plan'], V>,
): { readonly alive: boolean; readonly says: string } {
  const predicate = predicates.get(id)
  const mutation = mutations.get(id)
  if (predicate === undefined || mutation === undefined)
    return { alive: false, says: `${id} is no predicate` }
  if (!mutation.applies(view)) return { alive: true, says: `${id} has nothing to judge here` }
  const mutated = mutation.apply(view)
  if (mutated === undefined) {
    const claimed = view.plan.asserted === undefined || view.plan.asserted.includes(id)
    return { alive: !claimed, says: `${id}: this history has nothing to ${mutation.says}` }
  }
  const finding = predicate.check(open(mutated, view.plan))
  if ((finding.kind === 'violated' || finding.kind === 'stalled') && mutation.names.includes(finding.name)) {
    return { alive: true, says: `${id} ${finding.name}` }
  }
  return { alive: false, says: `${id} did not see it when we tried to ${mutation.says}` }
}
