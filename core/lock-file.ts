import { randomUUID } from 'node:crypto'
import { link, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { identityOf, isAlive } from './process-identity.ts'

/** Milliseconds: who tries to take a lock is done with that at once. */
const CLAIM_IS_OLD = 60_000

/** A file that says which process owns something; it is worth nothing once that process is gone. */
export interface LockFile extends AsyncDisposable {
  readonly path: string
}

/**
 * Takes the lock, also from an owner that died. Resolves with undefined when a living process holds it.
 * The file appears with its content in one step (a link), so nobody reads half an owner.
 */
export async function tryLock(path: string): Promise<LockFile | undefined> {
  const token = randomUUID()
  const me = identityOf(process.pid)
  const mine = `${path}.${token}`
  await writeFile(mine, JSON.stringify({ ...me, token }))
  try {
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        await link(mine, path)
        return { path, [Symbol.asyncDispose]: () => release(path, token) }
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
      if (!(await buryStale(path, `${mine}.stale`))) return undefined
    }
    return undefined
  } finally {
    await rm(mine, { force: true })
  }
}

/** Removes what processes left beside a lock that were ended while they tried to take it. */
export async function removeOldClaims(path: string): Promise<void> {
  const folder = dirname(path)
  for (const name of await readdir(folder)) {
    if (!name.startsWith(`${basename(path)}.`)) continue
    const claim = join(folder, name)
    const written = (await stat(claim).catch(() => undefined))?.mtimeMs ?? Number.POSITIVE_INFINITY
    if (Date.now() - written > CLAIM_IS_OLD) await rm(claim, { force: true })
  }
}

/** Moves a dead owner's file away; false when the owner lives. */
async function buryStale(path: string, grave: string): Promise<boolean> {
  if (await held(path)) return false
  try {
    await rename(path, grave)
    if (await held(grave)) {
      // Between our look and our move a living process took it: give it back.
      await link(grave, path).catch(() => {})
      return false
    }
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true
    throw error
  } finally {
    await rm(grave, { force: true })
  }
}

async function held(path: string): Promise<boolean> {
  try {
    const { pid, start } = JSON.parse(await readFile(path, 'utf8'))
    return isAlive({ pid, start })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) return false
    throw error
  }
}

async function release(path: string, token: string): Promise<void> {
  try {
    if (JSON.parse(await readFile(path, 'utf8')).token === token) await rm(path, { force: true })
  } catch {
    // Gone already: that is what was asked for.
  }
}
