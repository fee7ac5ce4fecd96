import type { RunRecord } from '../proof/judgement.ts'
import type { Capability, Stack } from '../stacks/stack.ts'
import type { Profile } from './options.ts'
import type { Selected } from './selection.ts'

type LeftOut = NonNullable<RunRecord['leftOut']>

export interface Chosen {
  readonly run: readonly Selected[]
  /** What the reader is told to be missing. */
  readonly leftOut: LeftOut
}

/** What the quick profile has no time for. */
const SLOW = 'slow'

/** Scenarios that wait for minutes are left to the other profiles, unless one is asked for by a tag of its own. */
export function inTime(
  selected: readonly Selected[],
  { profile, selection }: { readonly profile: Profile; readonly selection: readonly string[] },
): Chosen {
  return without(selected, selection, ({ pickle: { tags } }) =>
    profile === 'quick' && tags.includes(SLOW) ? {} : undefined,
  )
}

/**
 * A scenario with a tag of a capability's name is left to stacks that have it, unless it is asked for by a tag of its own:
 * then it is run, as far as it can be, and NOT-PROVEN.
 */
export function inReach(
  selected: readonly Selected[],
  { capabilities, lacking }: Pick<Stack, 'capabilities' | 'lacking'>,
  selection: readonly string[],
): Chosen {
  const absent = [...lacking].filter(([name]) => !capabilities.has(name))
  return without(selected, selection, ({ pickle: { tags } }) => {
    const because = absent.find(([name]: readonly [Capability, string]) => tags.includes(name))?.[1]
    return because === undefined ? undefined : { because }
  })
}

function without(
  selected: readonly Selected[],
  selection: readonly string[],
  out: (one: Selected) => Pick<LeftOut[number], 'because'> | undefined,
): Chosen {
  const run: Selected[] = []
  const leftOut: LeftOut[number][] = []
  // A tag that others have, too, asks for those.
  const shared = new Set(
    selected.filter((one) => out(one) === undefined).flatMap(({ pickle }) => pickle.tags),
  )
  for (const one of selected) {
    const { id, pickle, controls } = one
    const asked = pickle.tags.some((tag) => selection.includes(`@${tag}`) && !shared.has(tag))
    const why = asked ? undefined : out(one)
    if (why === undefined) run.push(one)
    else leftOut.push({ scenario: id, title: pickle.title, controls, ...why })
  }
  return { run, leftOut }
}

/** For the reader of a run, with what proves them. */
export function leftOutInWords(leftOut: LeftOut): readonly string[] {
  const late = leftOut.filter(({ because }) => because === undefined)
  const reasons = new Set(leftOut.flatMap(({ because }) => because ?? []))
  return [
    ...(late.length === 0
      ? []
      : [`left out, for they take minutes: ${titlesOf(late)}. \`eventproof prove @${SLOW}\` proves them`]),
    ...[...reasons].map(
      (why) => `left out: ${titlesOf(leftOut.filter((one) => one.because === why))}. ${why}`,
    ),
  ]
}

function titlesOf(leftOut: LeftOut): string {
  return leftOut.map(({ title, controls }) => `${title} (${controls.join(', ')})`).join('; ')
}
