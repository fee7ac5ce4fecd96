import { chmod, chown, lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'

export interface UnixUser {
  readonly uid: number
  readonly gid: number
}

/** Postgres refuses to run as root, so root runs it as "nobody"; anyone else runs it as themselves. */
export function postgresUser(): UnixUser | undefined {
  return process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : undefined
}

/** Gives a folder to the user who runs Postgres. */
export async function giveTo(user: UnixUser | undefined, path: string): Promise<void> {
  if (user) await chown(path, user.uid, user.gid)
}

/** Lets everybody read a tree, and enter and run what its owner can. */
export async function openToAll(path: string): Promise<void> {
  const stat = await lstat(path)
  if (stat.isSymbolicLink()) return
  const mode = stat.mode & 0o777
  await chmod(path, mode | 0o444 | (mode & 0o100 ? 0o111 : 0))
  if (!stat.isDirectory()) return
  await Promise.all((await readdir(path)).map((name) => openToAll(join(path, name))))
}
