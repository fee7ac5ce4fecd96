import type { View } from '../history/view.ts'
import type { Jurisdiction } from '../kind.ts'
import { type Guard, metUnless } from './guard.ts'

/**
 * Guard 8: each checker of this scenario finds its violation in an edited copy of this very history. Where there is nothing
 * that could be edited so, that is enough for a predicate which the scenario does not claim.
 */
export const checkerAlive: Guard = {
  id: 'checkers',
  title: 'every checker finds an edit of this history',
  otherwise: 'INCONCLUSIVE',
  look({ view, jurisdiction }) {
    const missing: string[] = []
    const found: string[] = []
    for (const id of view.plan.checkers) {
      const seen = alive(id, view, jurisdiction)
      if (seen.alive) found.push(seen.says)
      else missing.push(seen.says)
    }
    if (view.plan.checkers.length === 0) missing.push('the plan names no checker')
    return metUnless(missing, found.join(', '))
  },
}

function alive<V extends View>(
  id: string,
  view: V,
  { checkers, edits, view: open }: Jurisdiction<V['plan'], V>,
): { readonly alive: boolean; readonly says: string } {
  const checker = checkers.get(id)
  const edit = edits.get(id)
  if (checker === undefined || edit === undefined) return { alive: false, says: `${id} is no checker` }
  if (!edit.applies(view)) return { alive: true, says: `${id} has nothing to judge here` }
  const edited = edit.apply(view)
  if (edited === undefined) {
    const claimed = view.plan.asserted === undefined || view.plan.asserted.includes(id)
    return { alive: !claimed, says: `${id}: this history has nothing to ${edit.says}` }
  }
  const finding = checker.check(open(edited, view.plan))
  if ((finding.kind === 'violated' || finding.kind === 'stalled') && edit.names.includes(finding.name)) {
    return { alive: true, says: `${id} ${finding.name}` }
  }
  return { alive: false, says: `${id} did not see it when we tried to ${edit.says}` }
}
