import { registerHooks } from 'node:module'

const NAME = 'eventproof'
/** A module may import its own package by name, and so may whoever stands in for it. */
const INSIDE = new URL('../package.json', import.meta.url).href

let registered = false

/**
 * From now on `eventproof` is this package, whoever imports it: a config in a Go or Python repository has no
 * `node_modules` beside it, and where there is one, its `eventproof` may be another copy than the one that runs.
 */
export function resolveOwnPackage(): void {
  if (registered) return
  registered = true
  registerHooks({
    resolve(specifier, context, next) {
      const own = specifier === NAME || specifier.startsWith(`${NAME}/`)
      return next(specifier, own ? { ...context, parentURL: INSIDE } : context)
    },
  })
}
