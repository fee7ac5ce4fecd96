import { closedFolderAbove } from '../../../core/cache-folder.mjs'
import { EventproofError } from '../../../core/error.ts'
import { postgresUser } from '../../artifacts/unprivileged.ts'

export class FolderUnreachable extends EventproofError {
  override readonly code = 'EVENTPROOF_FOLDER_UNREACHABLE'
}

/**
 * As root, Postgres runs as "nobody" and must be able to enter the cache and the folder of its data.
 * @param variable the environment variable that chooses this folder
 * @throws {FolderUnreachable}
 */
export function expectReachable(folder: string, variable: 'EVENTPROOF_CACHE' | 'TMPDIR'): void {
  const closed = postgresUser() && closedFolderAbove(folder)
  if (closed) {
    throw new FolderUnreachable('a folder is out of reach for Postgres', {
      what: `Postgres cannot run as root, and the unprivileged user who runs it may not enter ${closed}`,
      where: folder,
      hint: `set ${variable} to a folder that is open to others, or chmod o+x ${closed}`,
    })
  }
}
