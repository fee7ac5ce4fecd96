import { delimiter, join, resolve, sep } from 'node:path'

/** The folder of this package. */
const PACKAGE = resolve(import.meta.dirname, '..')

/**
 * PATH as a service under test would see it without us. npm puts the programs of the package that it starts in front,
 * and among those of ours are a Node and others that would take the place of the service's own.
 * @param home where this package is: a checkout, npx's cache, or `node_modules` of a project, whose programs are the
 *   user's own
 */
export function usersPath(path = process.env.PATH ?? '', home = PACKAGE): string {
  const ours = join(home, 'node_modules', '.bin')
  const npx = home.includes(`${sep}_npx${sep}`) ? join(home, '..', '.bin') : undefined
  return path
    .split(delimiter)
    .filter((folder) => folder !== ours && folder !== npx && !folder.endsWith(`${sep}node-gyp-bin`))
    .join(delimiter)
}
