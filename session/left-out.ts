import type { RunRecord } from '../proof/judgement.ts'
import type { Profile } from './options.ts'
import type { Selected } from './selection.ts'

type LeftOut = NonNullable<RunRecord['leftOut']>

/** What the quick profile has no time for. */
const SLOW = 'slow'

/**
 * Scenarios that wait for minutes are left to the other profiles, unless one is asked for by its tag.
 * @returns what is to be run, and what the reader is told to be missing
 */
export function inTime(
  selected: readonly Selected[],
  { profile, selection }: { readonly profile: Profile; readonly selection: readonly string[] },
): { readonly run: readonly Selected[]; readonly leftOut: LeftOut } {
  const late = ({ pickle: { tags } }: Selected) =>
    profile === 'quick' && tags.includes(SLOW) && !tags.some((tag) => selection.includes(`@${tag}`))
  return {
    run: selected.filter((each) => !late(each)),
    leftOut: selected
      .filter(late)
      .map(({ id, pickle: { title }, controls }) => ({ scenario: id, title, controls })),
  }
}

/** For the reader of a run, with what proves them. */
export function leftOutInWords(leftOut: LeftOut): string {
  const titles = leftOut.map(({ title, controls }) => `${title} (${controls.join(', ')})`)
  return `left out, for they take minutes: ${titles.join('; ')}. \`eventproof prove @${SLOW}\` proves them`
}
