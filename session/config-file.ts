import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { UsageError } from '../core/usage-error.ts'

const CONFIG_NAMES = [
  'eventproof.config.ts',
  'eventproof.config.mts',
  'eventproof.config.mjs',
  'eventproof.config.js',
]

/**
 * The named config file, else that of the working directory.
 * @returns an absolute path; undefined where neither is there
 * @throws {UsageError} where a named one does not exist
 */
export function configFile(named: string | undefined, cwd: string): string | undefined {
  if (named === undefined)
    return CONFIG_NAMES.map((name) => resolve(cwd, name)).find((path) => existsSync(path))
  const path = resolve(cwd, named)
  if (existsSync(path)) return path
  throw new UsageError('the config file does not exist', {
    what: `--config names ${named}`,
    where: path,
    hint: `leave --config out to prove the shipped reference services, or name a file such as ${CONFIG_NAMES[0]}`,
  })
}
