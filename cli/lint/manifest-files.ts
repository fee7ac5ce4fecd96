import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { messageOf } from '../../core/error.ts'
import { UsageError } from '../../core/usage-error.ts'
import type { ManifestFile } from '../../lint/read-manifests.ts'

/** A folder may hold any YAML or JSON: what names no kind and no API anywhere is no manifest. */
const NAMES_AN_OBJECT = /(^|[\s{,-])["']?(kind|apiVersion)["']?\s*:/
/** One of JSON is an object of Kubernetes only if it names both: many other tools write JSON with a kind. */
const JSON_OBJECT = /"apiVersion"\s*:[\s\S]*"kind"\s*:|"kind"\s*:[\s\S]*"apiVersion"\s*:/
const KUSTOMIZATION = /^(kustomization\.ya?ml|Kustomization)$/

/**
 * Reads what was named: files as they are, folders with everything below them that ends in .yaml, .yml or .json and
 * looks like a manifest, `-` for standard input. In the order given, each file once.
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
    for (const file of folder ? filesBelow(path, cwd) : [path]) {
      const read = readable(file, cwd)
      const at = resolve(cwd, file)
      // Named beside its folder it is still named.
      if (!folder) files.set(at, { file, text: read })
      else if (!files.has(at) && isManifest(file, read, cwd))
        files.set(at, { file, text: read, fromFolder: true })
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

function isManifest(file: string, text: string, cwd: string): boolean {
  if (KUSTOMIZATION.test(basename(file))) return true
  if (ofChart(file, cwd)) return false
  return (file.endsWith('.json') ? JSON_OBJECT : NAMES_AN_OBJECT).test(text)
}

/** A chart's own description, and the values of its templates. */
function ofChart(file: string, cwd: string): boolean {
  const name = basename(file)
  return (
    name === 'Chart.yaml' ||
    (/^values.*\.ya?ml$/.test(name) && existsSync(resolve(cwd, dirname(file), 'Chart.yaml')))
  )
}

function filesBelow(folder: string, cwd: string): string[] {
  return readdirSync(resolve(cwd, folder), { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      if (entry.name.startsWith('.') || entry.name === 'node_modules') return []
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return filesBelow(path, cwd)
      return /\.(ya?ml|json)$/.test(entry.name) || KUSTOMIZATION.test(entry.name) ? [path] : []
    })
}

function readable(file: string, cwd: string): string {
  try {
    return readFileSync(resolve(cwd, file), 'utf8')
  } catch (cause) {
    throw new UsageError('a manifest can not be read', { what: messageOf(cause), where: file, cause })
  }
}
