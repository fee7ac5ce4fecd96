import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import { messageOf } from '../../core/error.ts'
import { importUsersModule } from '../../core/users-module.ts'
import type { CommonConfig } from './config.ts'
import { ConfigInvalid } from './config-invalid.ts'
import { parseConfig } from './parse-config.ts'
import type { ConfigSection } from './section.ts'

export interface LoadedConfig extends Omit<ReadConfig, 'value'> {
  readonly config: CommonConfig
}

/** A config file as it was found: not checked yet. */
export interface ReadConfig {
  /** What it exports. */
  readonly value: unknown
  /** Absolute. */
  readonly path: string
  /** Where relative paths of the config start. */
  readonly folder: string
  /** Of the file's bytes, hexadecimal. */
  readonly sha256: string
}

/** Reads and checks a config file. @throws {ConfigInvalid} when it is missing, can't be run or is wrong. */
export async function loadConfig(file: string, sections: readonly ConfigSection[]): Promise<LoadedConfig> {
  const { value, ...read } = await readConfig(file)
  return { config: parseConfig(value, read.path, sections), ...read }
}

/** Files of further kinds of subjects that a config names; needed before the rest of it can be checked. */
export function kindsNamedIn(value: unknown): readonly string[] {
  return namesKinds.safeParse(value).data?.kinds ?? []
}

const namesKinds = z.looseObject({ kinds: z.array(z.string()).optional() })

/** Reads a config file. @throws {ConfigInvalid} when it is missing or can't be run. */
export async function readConfig(file: string): Promise<ReadConfig> {
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
    value: exported.default,
    path,
    folder: dirname(path),
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }
}
