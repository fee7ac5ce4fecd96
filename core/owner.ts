import { hostname } from 'node:os'
import { identityOf } from './process-identity.ts'

/** A process, in a word that can be written onto what it made: `host pid start`. */
export function ownerOf(pid: number = process.pid): string {
  return `${hostname()} ${pid} ${identityOf(pid)?.start ?? 'gone'}`
}

/** Whether the process of this word is gone. One of another machine may live: nobody here can tell. */
export function isGone(owner: string): boolean {
  const [host, pid] = owner.split(' ')
  return host === hostname() && owner !== ownerOf(Number(pid))
}
