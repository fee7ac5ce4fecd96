import { existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Bytes that can still be written below a folder, which need not exist yet. */
export async function freeDisk(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(existingAbove(folder))
  return bavail * bsize
}

function existingAbove(path: string): string {
  return existsSync(path) ? path : existingAbove(dirname(path))
}
