import { statSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

/**
 * Where obtained artifacts are kept: `EVENTPROOF_CACHE`, else the user's cache folder, outside every checkout.
 * Postgres refuses to run as root, so as root it runs as an unprivileged user who must reach its files: where
 * root's own folder is closed to others, /var/cache/eventproof is the default.
 *
 * Plain JavaScript, because it is asked before a Node is found that reads anything else.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {boolean} isRoot
 * @returns {string}
 */
export function cacheFolder(env = process.env, isRoot = process.getuid?.() === 0) {
  if (env.EVENTPROOF_CACHE) return resolve(env.EVENTPROOF_CACHE)
  const own = join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), '.cache'), 'eventproof')
  return isRoot && closedFolderAbove(own) !== undefined ? '/var/cache/eventproof' : own
}

/**
 * The first folder on the way to `path` that other users may not enter; undefined when all are open.
 * @param {string} path
 * @returns {string | undefined}
 */
export function closedFolderAbove(path) {
  for (let folder = path; ; folder = dirname(folder)) {
    const mode = statSync(folder, { throwIfNoEntry: false })?.mode
    if (mode !== undefined && (mode & 0o001) === 0) return folder
    if (folder === dirname(folder)) return undefined
  }
}
