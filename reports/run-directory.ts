import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, readlink, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'

/** A file of a run directory, its path relative to it with `/` on every system. */
export interface HashedFile {
  readonly path: string
  /** Lower-case hex. A symbolic link is never followed: its own text is hashed. */
  readonly sha256: string
}

/** Every file below `directory`, sorted by path (code units), hashed as a stream. */
export async function hashFiles(directory: string): Promise<HashedFile[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const files: HashedFile[] = []
  for (const entry of entries) {
    if (!entry.isFile() && !entry.isSymbolicLink()) continue
    const full = join(entry.parentPath, entry.name)
    const path = full.slice(join(directory, '/').length).replaceAll('\\', '/')
    const sha256 = entry.isFile() ? await hashFile(full) : sha256Of(`link ${await readlink(full)}`)
    files.push({ path, sha256 })
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1))
}

export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Replaces the file as a whole or not at all: a full disk leaves what was there. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const unfinished = `${path}.unfinished`
  await writeFile(unfinished, text)
  await rename(unfinished, path)
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
