import { EventproofError } from '../core/error.ts'
import type { SubjectKinds } from '../scenarios/kinds.ts'
import type { ComponentName, Stack } from '../stacks/stack.ts'
import type { WhyIsolated } from './isolated.ts'
import type { Selected } from './selection.ts'

/**
 * Starts what the selected scenarios need before the first of them begins. Nothing is started for a scenario that can
 * not be run here whatever is started.
 */
export async function bringUp(
  stack: Stack,
  selected: readonly Selected[],
  kinds: SubjectKinds,
  isolated: WhyIsolated,
  signal: AbortSignal,
): Promise<void> {
  const possible = selected.filter(
    (each) => !(waitsForCluster(each, kinds) && stack.lacking.has('kubernetes')),
  )
  const needed = possible.flatMap(({ subject }) => {
    const components = kinds.get(subject.kind)?.needs.components ?? []
    return isolated(subject) !== undefined
      ? components.filter((component) => component !== 'kafka')
      : components
  })
  if (needed.length > 0) await unlessAborted(stack.need([...new Set(needed)]), signal)
}

/** All that the selected scenarios are known to need, whether they wait for it or not. */
export function componentsFor(selected: readonly Selected[], kinds: SubjectKinds): readonly ComponentName[] {
  const needed = selected.flatMap(({ subject }) => {
    const kind = kinds.get(subject.kind)
    return [...(kind?.needs.components ?? []), ...(kind?.waitsFor ? [kind.waitsFor.component] : [])]
  })
  return [...new Set(needed)]
}

/**
 * Builds what a cluster is started from, beside everything else; where nothing else is to be done, it is started, too.
 * @returns why there can be none; undefined where there can
 */
export async function clusterFor(
  stack: Stack,
  selected: readonly Selected[],
  kinds: SubjectKinds,
): Promise<string | undefined> {
  const scaled = selected.filter((each) => waitsForCluster(each, kinds))
  if (scaled.length === 0) return undefined
  const lacking = stack.lacking.get('kubernetes')
  if (lacking !== undefined) return lacking
  try {
    await stack.prepare(['kubernetes'])
  } catch (error) {
    if (!(error instanceof EventproofError)) throw error
    const { what, hint } = error.detail
    const more = [what, hint].filter(Boolean).join('; ')
    return `kubernetes: ${error.message}${more && ` (${more})`}`
  }
  // The scenario that needs it later gets the same start, and its error.
  if (scaled.length === selected.length) stack.need(['kubernetes']).catch(() => {})
  return undefined
}

function waitsForCluster({ subject }: Selected, kinds: SubjectKinds): boolean {
  return kinds.get(subject.kind)?.waitsFor?.component === 'kubernetes'
}

/** Stops waiting when the run is aborted; what was begun is ended with the stack. */
async function unlessAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  work.catch(() => {})
  signal.throwIfAborted()
  await Promise.race([
    work,
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true })),
  ])
}
