import type { RunRecord } from '../../proof/judgement.ts'
import type { ProveOptions } from '../options.ts'
import type { Selected } from './selection.ts'

type LeftOut = NonNullable<RunRecord['leftOut']>

/** What the quick profile has no time for. */
const SLOW = 'slow'

/**
 * Scenarios that wait for minutes are left to the other profiles, and to who asks for one by its tag.
 * @returns what is to be run, and what is told to be missing
 */
export function inTime(
  selected: readonly Selected[],
  { profile, selection }: Pick<ProveOptions, 'profile' | 'selection'>,
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
