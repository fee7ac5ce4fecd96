import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { messageOf } from '../../core/error.ts'
import type { ManifestFile } from '../../lint/read-manifests.ts'
import { UsageError } from '../usage-error.ts'

/** A folder may hold any YAML: what names no kind anywhere is no manifest. */
const NAMES_A_KIND = /^[\s-]*"?kind"?\s*:/m

/**
 * Reads what was named: files as they are, folders with everything below them that ends in .yaml or .yml and looks
 * like a manifest, `-` for standard input. In the order given, each file once.
 * @throws {UsageError} where something does not exist or can't be read.
 */
export async function manifestFiles(
  paths: readonly string[],
  { cwd, stdin }: { readonly cwd: string; readonly stdin: AsyncIterable<Uint8Array> },
): Promise<ManifestFile[]> {
  const files = new Map<string, ManifestFile>()
  for (const path of paths) {
    if (path === '-') {
      if (!files.has('-')) files.set('-', { file: '-', text: await text(stdin) })
      continue
    }
    const folder = isFolder(path, cwd)
    for (const file of folder ? yamlBelow(path, cwd) : [path]) {
      const read = readable(file, cwd)
      if (!folder || NAMES_A_KIND.test(read)) files.set(resolve(cwd, file), { file, text: read })
    }
  }
  return [...files.values()]
}

function isFolder(path: string, cwd: string): boolean {
  const found = statSync(resolve(cwd, path), { throwIfNoEntry: false })
  if (found !== undefined) return found.isDirectory()
  throw new UsageError('there is no such file or folder', {
    what: `lint was given ${path}`,
    where: resolve(cwd, path),
    hint: 'name manifests, a folder of them, or - for standard input',
  })
}

function yamlBelow(folder: string, cwd: string): string[] {
  return readdirSync(resolve(cwd, folder), { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      if (entry.name.startsWith('.') || entry.name === 'node_modules') return []
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return yamlBelow(path, cwd)
      return /\.ya?ml$/.test(entry.name) ? [path] : []
    })
}

function readable(file: string, cwd: string): string {
  try {
    return readFileSync(resolve(cwd, file), 'utf8')
  } catch (cause) {
    throw new UsageError('a manifest can not be read', { what: messageOf(cause), where: file, cause })
  }
}
