import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** A process, safe against reuse of its pid: the start time tells two holders of one number apart. */
export interface ProcessIdentity {
  readonly pid: number
  /** Opaque: kernel ticks on Linux, a date elsewhere. */
  readonly start: string
}

/** The identity of a living process; undefined when there is none. A zombie does not live. */
export function identityOf(pid: number): ProcessIdentity | undefined {
  const stat = statOf(pid)
  return stat && stat.state !== 'Z' && stat.state !== 'X' ? { pid, start: stat.start } : undefined
}

export function isAlive(identity: ProcessIdentity): boolean {
  return identityOf(identity.pid)?.start === identity.start
}

/** All living processes below `pid`, at any depth, also those that moved to a session of their own. */
export function descendantsOf(pid: number): ProcessIdentity[] {
  const children = new Map<number, number[]>()
  for (const { pid: child, parent } of allProcesses()) {
    children.set(parent, [...(children.get(parent) ?? []), child])
  }
  const found: number[] = []
  for (const queue = [pid]; queue.length > 0; ) {
    const below = children.get(queue.pop() as number) ?? []
    found.push(...below)
    queue.push(...below)
  }
  return found.map(identityOf).filter((identity) => identity !== undefined)
}

interface Stat {
  readonly state: string
  readonly parent: number
  readonly start: string
}

function statOf(pid: number): Stat | undefined {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      // The command's name stands in parentheses and may hold anything, so count from the last one.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return { state: fields[0] ?? '', parent: Number(fields[1]), start: fields[19] ?? '' }
    }
    const line = execFileSync('ps', ['-o', 'stat=,ppid=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
    }).trim()
    const [, state = '', parent, start = ''] = /^(\S)\S*\s+(\d+)\s+(.*)$/.exec(line) ?? []
    return { state, parent: Number(parent), start: start.trim() }
  } catch {
    return undefined
  }
}

function allProcesses(): { pid: number; parent: number }[] {
  if (process.platform === 'linux') {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => ({ pid: Number(name), parent: statOf(Number(name))?.parent ?? 0 }))
  }
  return execFileSync('ps', ['-axo', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .map(([pid, parent]) => ({ pid: Number(pid), parent: Number(parent) }))
}
