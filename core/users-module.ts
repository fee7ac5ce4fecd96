import { registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'

const NAME = 'eventproof'
/** A module may import its own package by name, and so may whoever stands in for it. */
const INSIDE = new URL('../package.json', import.meta.url).href
/** URLs of TypeScript files that are ES modules, whatever the package says in which they stand. */
const modules = new Set<string>()
let registered = false

/**
 * Imports a file of the user's, such as the config. In it, and in whatever is imported from now on, `eventproof` is
 * this package: a Go or Python repository has no `node_modules`, and where there is one, its `eventproof` may be
 * another copy than the one that runs.
 * @param path absolute; a `.ts` file is an ES module, also in a package of type `commonjs`
 */
export async function importUsersModule(path: string): Promise<Record<string, unknown>> {
  const { href } = pathToFileURL(path)
  if (path.endsWith('.ts')) modules.add(href)
  register()
  return import(href)
}

function register(): void {
  if (registered) return
  registered = true
  registerHooks({
    resolve(specifier, context, next) {
      const own = specifier === NAME || specifier.startsWith(`${NAME}/`)
      const resolved = next(specifier, own ? { ...context, parentURL: INSIDE } : context)
      return modules.has(resolved.url) ? { ...resolved, format: 'module-typescript' } : resolved
    },
  })
}
