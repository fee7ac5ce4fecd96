import { closedFolderAbove } from '../../core/cache-folder.ts'
import { EventproofError } from '../../core/error.ts'
import { postgresUser } from '../artifacts/unprivileged.ts'

export class CacheUnreachable extends EventproofError {
  override readonly code = 'EVENTPROOF_CACHE_UNREACHABLE'
}

/** As root, Postgres runs as "nobody" and must be able to enter the cache. @throws {CacheUnreachable} */
export function expectReachable(root: string): void {
  const closed = postgresUser() && closedFolderAbove(root)
  if (closed) {
    throw new CacheUnreachable('the cache is out of reach for Postgres', {
      what: `Postgres cannot run as root, and the unprivileged user who runs it may not enter ${closed}`,
      where: root,
      hint: `set EVENTPROOF_CACHE to a folder that is open to others, or chmod o+x ${closed}`,
    })
  }
}
