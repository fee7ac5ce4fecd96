/**
 * Node strips no types below `node_modules`. Where this package is installed, its own files are stripped here; those
 * of a user, such as the config, are read by Node as ever. To be imported before them:
 *
 *   node --disable-warning=ExperimentalWarning --import <this file> …
 */
import { readFileSync } from 'node:fs'
import { registerHooks, stripTypeScriptTypes } from 'node:module'
import { fileURLToPath } from 'node:url'

const own = new URL('../', import.meta.url).href

registerHooks({
  load(url, context, next) {
    if (!url.startsWith(own) || !url.endsWith('.ts')) return next(url, context)
    const source = stripTypeScriptTypes(readFileSync(fileURLToPath(url), 'utf8'))
    return { format: 'module', source, shortCircuit: true }
  },
})
