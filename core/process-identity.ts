import { spawnSync } from 'node:child_process'
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
  return stat && lives(stat) ? { pid, start: stat.start } : undefined
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

/**
 * True while a process group has a member that lives. The kernel's own answer counts zombies, too, and an orphan
 * stays one until init looks.
 */
export function groupLives(pgid: number): boolean {
  try {
    process.kill(-pgid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  return allProcesses().some((each) => each.group === pgid && lives(each))
}

interface Stat {
  readonly pid: number
  /** The first letter of what ps shows. */
  readonly state: string
  readonly parent: number
  readonly group: number
  readonly start: string
}

function lives({ state }: Stat): boolean {
  return state !== 'Z' && state !== 'X'
}

function statOf(pid: number): Stat | undefined {
  if (process.platform !== 'linux') return listed('-p', String(pid))[0]
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The command's name stands in parentheses and may hold anything, so count from the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const [state = '', parent, group] = fields
    return { pid, state, parent: Number(parent), group: Number(group), start: fields[19] ?? '' }
  } catch {
    return undefined
  }
}

function allProcesses(): Stat[] {
  if (process.platform !== 'linux') return listed('-ax')
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => statOf(Number(name)))
    .filter((stat) => stat !== undefined)
}

function listed(...which: string[]): Stat[] {
  const columns = ['-o', 'pid=,stat=,ppid=,pgid=,lstart=']
  const { stdout } = spawnSync('ps', [...columns, ...which], { encoding: 'utf8' })
  return [...stdout.matchAll(/^\s*(\d+)\s+(\S)\S*\s+(\d+)\s+(\d+)\s+(.*?)\s*$/gm)].map(
    ([, pid, state = '', parent, group, start = '']) => ({
      pid: Number(pid),
      state,
      parent: Number(parent),
      group: Number(group),
      start,
    }),
  )
}
