import { readFile } from 'node:fs/promises'
import { parseEnv } from 'node:util'
import { interpolated, type Variables } from './interpolated.ts'

/** What a file of lines `NAME=value` says; `${…}` in it counts, but in single quotes. Undefined where there is none. */
export async function variablesFile(
  path: string,
  variables?: Variables,
): Promise<Readonly<Record<string, string>> | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return undefined
  const found: Record<string, string> = {}
  for (const [name, value = ''] of Object.entries(parseEnv(text))) {
    const literal = new RegExp(`^\\s*(?:export\\s+)?${name}\\s*=\\s*'`, 'm').test(text)
    const known: Variables = {
      values: { ...found, ...variables?.values },
      unset: (missing) => variables?.unset(missing),
    }
    found[name] = literal || variables === undefined ? value : interpolated(value, known)
  }
  return found
}
