import { counterexample, held, more, violated } from '../../../proof/findings.ts'
import type { Fact } from '../../../proof/history/recorded-fact.ts'
import { mutated } from '../../../proof/mutation.ts'
import { promises } from '../../../schemas/level.ts'
import { predicate } from '../predicate.ts'
import type { VersioningView } from '../view/versioning-view.ts'

/**
 * SC3. Each version keeps what the level promises to the versions before it.
 *
 * What can violate it: a version that was registered while the level was NONE, or before it was set; one that a team
 * proposes and the registry refuses.
 * How it is seen: an event is written by each version and read by each other one; and where versions are files, the
 * registry is asked to take them, oldest first, at the declared level.
 */
export const versionsFit = predicate({
  id: 'SC3',
  title: 'versions fit',
  claim: 'each of its versions fits those before it',
  promise: 'What each version writes is read by those versions whom the level promises it to.',
  formal:
    'for each pair of versions that the level promises: an event written by the one is read by the other; and no version is refused by the registry',
  controls: ['D4'],
  violations: {
    'version-breaks-older': {
      means: 'A version breaks one before it, though the level promises that it does not.',
    },
  },
  undeclared: ({ versions, promised }) =>
    versions.length < 2
      ? 'there is one version only'
      : promised === undefined
        ? 'no level says what is promised; SC1 asks for one'
        : undefined,
  check(view) {
    const { subject } = view.plan.schemas
    const refused = view.versions.find(({ value }) => !value.accepted)
    const asked = promisedIn(view)
    const misread = asked.filter(({ value }) => value.misread !== undefined)
    const [first] = misread
    if (refused !== undefined) {
      const { version, answer } = refused.value
      const why = misread.find(({ value }) => Math.max(value.writer, value.reader) === version)
      const says = `the registry refuses ${view.nameOf(version)} of ${subject} at ${view.promised}: ${answer}${why ? `; ${inWords(why, view)}` : ''}. What to do: keep the field and mark it as deprecated, or give the new one a default; what can not be kept is another type of event`
      return violated(this.id, 'version-breaks-older', counterexample(says, [refused.seq, why?.seq], {}, 'B'))
    }
    if (first === undefined) return held(this.id, asked.length)
    const says = `${view.promised} of ${subject} does not hold: ${inWords(first, view)}${more(misread.length)}. What to do: register a version that reads both, and bring the readers of older ones up to date; or translate older events where they are read (an upcaster)`
    return violated(this.id, 'version-breaks-older', counterexample(says, [first.seq], {}, 'B'))
  },
  /** One version can not read the other any more. */
  mutation: {
    says: 'let a version not be read',
    applies: (view) => promisedIn(view).length > 0,
    apply(view) {
      const [first] = promisedIn(view)
      const value = first && { ...first.value, misread: 'eventproof changed it' }
      return value && mutated(view.events, { replaced: [{ ...first, value }] })
    },
  },
})

/** Pairs of versions, one of which was promised to be read by the other. */
function promisedIn({ readings, promised }: VersioningView): readonly Fact<'schema.reading'>[] {
  if (promised === undefined) return []
  return readings.filter(({ value: { reader, writer } }) =>
    reader > writer
      ? promises(promised, 'backward', reader - writer)
      : promises(promised, 'forward', writer - reader),
  )
}

function inWords(
  { value: { reader, writer, misread } }: Fact<'schema.reading'>,
  view: VersioningView,
): string {
  return `who reads by ${view.nameOf(reader)} can not read what was written by ${view.nameOf(writer)}: ${misread}`
}
