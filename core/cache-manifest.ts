import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat, open, readdir, readFile, readlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'

/** What an entry must consist of. It is written last: an entry without it was never finished. */
export interface Manifest {
  readonly artifact: string
  readonly version: string
  readonly key: string
  readonly bytes: number
  /** Relative path → size and sha256; a link's are those of its target's name. */
  readonly files: Readonly<Record<string, { readonly size: number; readonly sha256: string }>>
}

export const MANIFEST = 'manifest.json'
export const CONTENT = 'content'

/** Reads, hashes and flushes every file below `entry/content`, then writes the manifest. */
export async function seal(entry: string, of: Omit<Manifest, 'bytes' | 'files'>): Promise<Manifest> {
  const files: Record<string, { size: number; sha256: string }> = {}
  let bytes = 0
  for (const path of await filesBelow(join(entry, CONTENT))) {
    const full = join(entry, CONTENT, path)
    const { size } = await lstat(full)
    files[path] = { size, sha256: await sha256Of(full) }
    bytes += size
    await flush(full)
  }
  const manifest: Manifest = { ...of, bytes, files }
  await writeFile(join(entry, MANIFEST), JSON.stringify(manifest))
  await flush(join(entry, MANIFEST))
  return manifest
}

export async function readManifest(entry: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(entry, MANIFEST), 'utf8'))
}

/**
 * What is wrong with an entry; undefined when nothing is.
 * @param depth `sizes` costs one stat a file and is done at every start; `hashes` reads everything
 */
export async function damageOf(entry: string, depth: 'sizes' | 'hashes'): Promise<string | undefined> {
  const manifest = await readManifest(entry).catch(() => undefined)
  if (!manifest?.files) return 'its manifest cannot be read'
  const damages = await Promise.all(
    Object.entries(manifest.files).map(async ([path, { size, sha256 }]) => {
      const full = join(entry, CONTENT, path)
      const stat = await lstat(full).catch(() => undefined)
      if (!stat) return `${path} is missing`
      if (stat.size !== size) return `${path} has ${stat.size} bytes instead of ${size}`
      if (depth === 'hashes' && (await sha256Of(full)) !== sha256) return `${path} has another sha256`
      return undefined
    }),
  )
  return damages.find((damage) => damage !== undefined)
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  if ((await lstat(path)).isSymbolicLink()) return hash.update(await readlink(path)).digest('hex')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort()
}

async function flush(path: string): Promise<void> {
  if ((await lstat(path)).isSymbolicLink()) return
  await using file = await open(path, 'r')
  await file.sync()
}
