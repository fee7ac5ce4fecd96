import { counterexample, held, more, violated } from '../../../proof/findings.ts'
import type { Fact } from '../../../proof/history/recorded-fact.ts'
import { mutated } from '../../../proof/mutation.ts'
import { promises } from '../../../schemas/level.ts'
import { RULES } from '../../../schemas/schema.ts'
import { predicate } from '../predicate.ts'
import type { VersioningView } from '../view/versioning-view.ts'

/**
 * SC4. The registry refuses whatever breaks a rule of evolution.
 *
 * What can keep it from that: its level. BACKWARD lets a field be removed, as who reads by the newer version does
 * without it; the guide forbids that nevertheless, and nothing but a review does. FORWARD lets a field be added
 * without a default. FULL refuses both.
 */
export const rulesEnforced = predicate({
  id: 'SC4',
  title: 'rules enforced',
  promise: 'The registry refuses each change that breaks one of the five rules of evolution.',
  formal:
    'each of the five rules, broken on a copy of the subject, is refused also where the level does not promise it',
  expectation: 'practice',
  controls: ['D4'],
  violations: {
    'rule-not-enforced': { means: 'The level lets a rule of evolution be broken.' },
  },
  check(view) {
    const asked = rulesIn(view)
    const accepted = asked.filter(({ value }) => value.accepted)
    const [first] = accepted
    if (first === undefined) return held(this.id, asked.length)
    const { rule, says: change } = first.value
    const says = `${view.promised ?? 'What is assumed for all subjects'} lets it pass that ${change}. Rule ${RULES[rule].number}: ${RULES[rule].says}${more(accepted.length)}. What to do: let a review look for it, or set FULL on ${view.plan.schemas.subject}`
    return violated(this.id, 'rule-not-enforced', counterexample(says, [first.seq], {}, 'B'))
  },
  mutation: {
    says: 'let the registry take a change that it refused',
    applies: (view) => rulesIn(view).some(({ value }) => !value.accepted),
    apply(view) {
      const refused = rulesIn(view).find(({ value }) => !value.accepted)
      const value = refused && { ...refused.value, accepted: true }
      return value && mutated(view.events, { replaced: [{ ...refused, value }] })
    },
  },
})

/** Changes that break a rule and no promise of the level: SC2 is about those that do. */
function rulesIn({ changes, promised }: VersioningView): readonly Fact<'schema.change'>[] {
  return changes.filter(
    ({ value: { rule, breaks, of } }) =>
      RULES[rule].number > 0 &&
      (promised === undefined ||
        !breaks.some(({ direction, version }) => promises(promised, direction, of + 1 - version))),
  )
}
