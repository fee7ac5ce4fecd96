import type { ComponentName, Stack, Viewpoint } from '../../stacks/stack.ts'
import { placeholdersOf } from '../../subjects/contract/placeholders.ts'

interface Addressed {
  readonly component: ComponentName
  readonly url: (stack: Stack, from: Viewpoint) => string
}

/** Placeholders for components that only some services ask for. */
const ADDRESSED: Readonly<Record<string, Addressed>> = {
  'schemaRegistry.url': {
    component: 'schema-registry',
    url: ({ schemaRegistry }, from) => schemaRegistry.url(from),
  },
  'connect.url': { component: 'connect', url: ({ connect }, from) => connect.url(from) },
}

/** The components whose address one of these texts asks for. */
export function componentsNamed(texts: readonly string[]): readonly ComponentName[] {
  return addressedIn(texts).map(([, { component }]) => component)
}

/** Starts the components whose address one of these texts asks for. @returns placeholder → address */
export async function componentUrls(
  stack: Stack,
  texts: readonly string[],
  from: Viewpoint,
): Promise<Readonly<Record<string, string>>> {
  const addressed = addressedIn(texts)
  await stack.need(addressed.map(([, { component }]) => component))
  return Object.fromEntries(addressed.map(([name, { url }]) => [name, url(stack, from)]))
}

function addressedIn(texts: readonly string[]): readonly (readonly [string, Addressed])[] {
  const named = new Set(texts.flatMap(placeholdersOf))
  return Object.entries(ADDRESSED).filter(([name]) => named.has(name))
}
