import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { messageOf } from '../../core/error.ts'
import { importUsersModule } from '../../core/users-module.ts'
import type { CommonConfig } from './config.ts'
import { ConfigInvalid } from './config-invalid.ts'
import { parseConfig } from './parse-config.ts'
import type { ConfigSection } from './section.ts'

export interface LoadedConfig {
  readonly config: CommonConfig
  /** Absolute. */
  readonly path: string
  /** Where relative paths of the config start. */
  readonly folder: string
  /** Of the file's bytes, hexadecimal. */
  readonly sha256: string
}

/** Reads and checks a config file. @throws {ConfigInvalid} when it is missing, can't be run or is wrong. */
export async function loadConfig(file: string, sections: readonly ConfigSection[]): Promise<LoadedConfig> {
  const path = resolve(file)
  const bytes = await readFile(path).catch((cause) => {
    throw new ConfigInvalid('there is no config file', {
      what: messageOf(cause),
      where: path,
      hint: 'write an eventproof.config.ts, or name another file with --config',
      cause,
    })
  })
  const exported = await importUsersModule(path).catch((cause) => {
    throw new ConfigInvalid('the config file can not be run', { what: messageOf(cause), where: path, cause })
  })
  if (exported.default === undefined) {
    throw new ConfigInvalid('the config file exports nothing', {
      what: 'found no default export',
      where: path,
      hint: 'export default defineConfig({ … })',
    })
  }
  return {
    config: parseConfig(exported.default, path, sections),
    path,
    folder: dirname(path),
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }
}
