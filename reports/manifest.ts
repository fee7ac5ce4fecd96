import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf } from '../core/error.ts'
import { RUN_FILES } from '../proof/run-files.ts'
import { renderedFiles } from './formats/format.ts'
import { type HashedFile, hashFiles, sha256Of, writeWhole } from './run-directory.ts'
import { RunUnreadable } from './run-unreadable.ts'

/** `manifest.json`. */
export interface Manifest {
  readonly schema: 1
  /** Over every file: sha256 of the sorted lines `<sha256>  <path>`, each with a line feed. */
  readonly root: string
  /** The same over what the reports are made from, so that a report can print it. */
  readonly evidence: string
  readonly files: readonly HashedFile[]
}

export interface Difference {
  readonly path: string
  readonly kind: 'changed' | 'missing' | 'added'
}

/** Hashes every file of a run directory but the manifest itself, and writes `manifest.json`. Last of all writes. */
export async function writeManifest(directory: string): Promise<Manifest> {
  const manifest = await manifestOf(directory)
  await writeWhole(join(directory, RUN_FILES.manifest), written(manifest))
  return manifest
}

/** What `writeManifest` would write. */
export async function manifestOf(directory: string): Promise<Manifest> {
  const files = (await hashFiles(directory)).filter((file) => file.path !== RUN_FILES.manifest)
  return manifestFor(files, await renderedFiles())
}

/**
 * Hashes the directory again. An empty list: nothing was changed, lost or added since the manifest was written.
 * Only files found in the directory are opened, whatever paths the manifest lists.
 * @throws {RunUnreadable} where there is no manifest.
 */
export async function verifyManifest(directory: string): Promise<Difference[]> {
  const path = join(directory, RUN_FILES.manifest)
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new RunUnreadable('the run has no manifest', {
      what: messageOf(cause),
      where: path,
      hint: 'it is written at the end of a run; `eventproof report` writes it again',
      cause,
    })
  })
  const found = await manifestOf(directory)
  if (text === written(found)) return []
  const listed = filesListed(text)
  const self: Difference = { path: RUN_FILES.manifest, kind: 'changed' }
  if (listed === undefined) return [self]
  const then = new Map(listed.map((file) => [file.path, file.sha256]))
  const now = new Map(found.files.map((file) => [file.path, file.sha256]))
  const differences: Difference[] = []
  for (const [name, sha256] of then) {
    const hash = now.get(name)
    if (hash === undefined) differences.push({ path: name, kind: 'missing' })
    else if (hash !== sha256) differences.push({ path: name, kind: 'changed' })
  }
  for (const name of now.keys()) if (!then.has(name)) differences.push({ path: name, kind: 'added' })
  // The manifest has to be exactly what its own list gives: an edited root is found although all files agree.
  if (text !== written(manifestFor(listed, await renderedFiles()))) differences.push(self)
  return differences.sort((a, b) => (a.path < b.path ? -1 : 1))
}

function manifestFor(files: readonly HashedFile[], rendered: ReadonlySet<string>): Manifest {
  const evidence = files.filter((file) => !rendered.has(file.path))
  return { schema: 1, root: rootOf(files), evidence: rootOf(evidence), files }
}

function rootOf(files: readonly HashedFile[]): string {
  return sha256Of(files.map((file) => `${file.sha256}  ${file.path}\n`).join(''))
}

function written(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`
}

function filesListed(text: string): HashedFile[] | undefined {
  try {
    const { files } = JSON.parse(text) as Partial<Manifest>
    if (!Array.isArray(files)) return undefined
    return files.map(({ path, sha256 }) => ({ path: String(path), sha256: String(sha256) }))
  } catch {
    return undefined
  }
}
