import { counterexample, held, unknown, violated } from '../../../proof/findings.ts'
import { mutated } from '../../../proof/mutation.ts'
import { isLevel, LEVELS } from '../../../schemas/level.ts'
import { predicate } from '../predicate.ts'

/**
 * SC1. The subject has a compatibility level of its own, and it is the declared one.
 *
 * What can violate it: a subject that nobody gave a level, and that has what the whole registry assumes until somebody
 * changes that for a reason of his own; `NONE`; another level than the one that was agreed on.
 * How it is seen: the registry is asked for the level of this subject alone. Apicurio answers `NONE` where a subject
 * has none of its own, Confluent's 404; either is no choice.
 * Source of the rule: the guide's checklist, a level is decided on.
 */
export const levelOfItsOwn = predicate({
  id: 'SC1',
  title: 'level set',
  claim: 'its subject has a compatibility level of its own',
  promise: 'The compatibility level is set on the subject itself, and is the declared one.',
  formal:
    'the registry answers for the subject alone with a level other than NONE, and with the declared one where one is',
  controls: ['D4'],
  violations: {
    'level-not-set': { means: 'The subject has no level of its own, or NONE.' },
    'level-not-as-declared': { means: 'The subject has another level than the declared one.' },
  },
  check({ level, plan: { schemas } }) {
    if (level === undefined) return unknown(this.id, 'the registry was not asked for the level')
    const { own, assumed } = level.value
    const { subject, level: declared, registeredBy } = schemas
    if (own === null || !isLevel(own)) {
      const answer = own === null ? 'it has none' : own
      const says = `asked for the level of ${subject} alone, the registry answers ${answer}; all that holds is what it assumes for every subject, ${assumed ?? 'nothing'}. What to do: ${howToSet(subject, declared, registeredBy)}`
      return violated(this.id, 'level-not-set', counterexample(says, [level.seq], {}, 'B'))
    }
    if (declared === undefined || declared === own) return held(this.id, 1)
    const says = `${subject} has the level ${own}, and ${declared} is declared in schemas.${schemas.name}.level. What to do: ${howToSet(subject, declared, registeredBy)}`
    return violated(this.id, 'level-not-as-declared', counterexample(says, [level.seq], {}, 'B'))
  },
  /** The subject has what the registry assumes. */
  mutation: {
    says: 'take the level from the subject',
    names: ['level-not-set'],
    apply: ({ events, level }) =>
      level && mutated(events, { replaced: [{ ...level, value: { ...level.value, own: null } }] }),
  },
})

function howToSet(subject: string, declared: string | undefined, service: string | undefined): string {
  const level = declared ?? LEVELS[0]
  const call = `PUT /config/${subject} {"compatibility": "${level}"}`
  return service === undefined
    ? `declare \`level\`, and set it where the schemas are deployed: ${call}`
    : `let ${service} set it where it registers the schemas: ${call}`
}
