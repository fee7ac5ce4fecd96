import type { View } from '../history/view.ts'
import { neededBy } from '../predicate.ts'
import { type Evidence, type Guard, metUnlessOf } from './guard.ts'

/**
 * Each predicate that the scenario claims was asked of something: one that found nothing to judge has proven nothing. Where
 * the subject does not declare what a predicate is about there is nothing to claim, and the guard says so.
 */
export const asserted: Guard = {
  id: 'asserted',
  title: 'what the scenario claims was judged',
  otherwise: 'VACUOUS',
  look(evidence) {
    const claims = (evidence.view.plan.asserted ?? []).map((id) => ({ id, ...claimOf(id, evidence) }))
    const missing = new Map(
      claims.flatMap(({ id, missing }) => (missing === undefined ? [] : [[id, missing]])),
    )
    return metUnlessOf(
      missing,
      claims.map(({ says }) => says).join(', ') || 'the scenario names no predicate',
    )
  },
}

function claimOf<V extends View>(
  id: string,
  { view, predicates, findings }: Evidence<V>,
): { readonly says: string; readonly missing?: string } {
  const predicate = predicates.get(id)
  const finding = findings.find((one) => one.predicate === id)
  if (predicate === undefined || finding === undefined)
    return { says: '', missing: `${id} is no predicate of this subject` }
  const undeclared = predicate.undeclared?.(view)
  if (undeclared !== undefined) return { says: `${id} is not asked: ${undeclared}` }
  if (finding.kind !== 'held') return { says: `${id} is ${finding.kind}` }
  return finding.judged > 0
    ? { says: `${id} judged ${finding.judged}` }
    : { says: '', missing: `${id} (${predicate.title}) found nothing to judge: ${neededBy(predicate)}` }
}
