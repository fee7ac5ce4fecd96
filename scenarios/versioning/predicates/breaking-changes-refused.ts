import { counterexample, held, more, violated } from '../../../proof/findings.ts'
import type { Fact } from '../../../proof/history/recorded-fact.ts'
import { mutated } from '../../../proof/mutation.ts'
import { promises } from '../../../schemas/level.ts'
import { RULES } from '../../../schemas/schema.ts'
import { predicate } from '../predicate.ts'
import type { TriedChange } from '../view/registry-facts.ts'
import type { VersioningView } from '../view/versioning-view.ts'

/**
 * SC2. What breaks a promise of the level is refused by the registry.
 *
 * What can violate it: a level that is declared and not set; a registry that does not look at this format; a level that
 * looks at the newest version only, where the change breaks one before it and all of them were promised.
 * How it is seen: the guide's five rules are broken, one after the other, each on a copy of the subject with all its
 * versions and its level. Whether a change breaks readers is found out by writing and reading events, not by asking
 * the registry.
 * Source of the rule: the guide's rules of schema evolution.
 */
export const breakingChangesRefused = predicate({
  id: 'SC2',
  title: 'breaking changes refused',
  claim: 'the registry refuses a change that breaks who reads its events',
  promise: 'A change that breaks what the level promises to readers is refused by the registry.',
  formal:
    'for each rule of evolution, broken on a copy of the subject: where events of a version that the level promises can not be read any more, the registry refuses the change',
  controls: ['D4'],
  needs: 'no change was tried that breaks what the level promises',
  violations: {
    'breaking-change-accepted': {
      means: 'The registry takes a version that breaks readers whom its level promises to keep.',
    },
  },
  undeclared: ({ promised }) =>
    promised === undefined ? 'no level says what is promised; SC1 asks for one' : undefined,
  check(view) {
    const asked = breakingIn(view)
    const accepted = asked.filter(({ value }) => value.accepted)
    const [first] = accepted
    if (first === undefined) return held(this.id, asked.length)
    const { rule, field, says: change, answer, of } = first.value
    const { subject } = view.plan.schemas
    const [broken] = brokenPromises(view, first.value)
    const says = `the registry takes a version of ${subject} in which, after ${view.nameOf(of)}, ${change} (${answer}), though ${view.promised} promises that it is not broken: ${inWords(broken, view)}${more(accepted.length)}. Rule ${RULES[rule].number}: ${RULES[rule].says}. What to do: leave ${field} as it is, and set ${view.promised} on ${subject} in the registry`
    return violated(
      this.id,
      'breaking-change-accepted',
      counterexample(says, [first.seq, view.level?.seq], {}, 'B'),
    )
  },
  /** The registry takes what it refused. */
  mutation: {
    says: 'let the registry take a change that it refused',
    applies: (view) => breakingIn(view).length > 0,
    apply(view) {
      const [refused] = breakingIn(view).filter(({ value }) => !value.accepted)
      const value = refused && { ...refused.value, accepted: true, answer: 'id 1' }
      return value && mutated(view.events, { replaced: [{ ...refused, value }] })
    },
  },
})

/** Changes that the level forbids. */
function breakingIn(view: VersioningView): readonly Fact<'schema.change'>[] {
  return view.changes.filter(({ value }) => brokenPromises(view, value).length > 0)
}

function brokenPromises({ promised }: VersioningView, { breaks, of }: TriedChange): TriedChange['breaks'] {
  if (promised === undefined) return []
  return breaks.filter(({ direction, version }) => promises(promised, direction, of + 1 - version))
}

function inWords(broken: TriedChange['breaks'][number] | undefined, view: VersioningView): string {
  if (broken === undefined) return ''
  const { direction, version, says } = broken
  const who =
    direction === 'backward'
      ? `who reads by it can not read what was written by ${view.nameOf(version)}`
      : `who reads by ${view.nameOf(version)} can not read what is written by it`
  return `${who}: ${says}`
}
