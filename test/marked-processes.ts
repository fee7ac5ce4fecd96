import { readdirSync, readFileSync } from 'node:fs'

/** Each process that a run starts carries the run's own mark in its environment, so that runs are told apart (Linux). */
export function markOf(tool: number): string | undefined {
  for (const pid of pids()) {
    const parent = Number(file(pid, 'stat').split(') ').at(-1)?.split(' ')[1])
    const mark =
      parent === tool ? /\0?(EVENTPROOF_MARK_[^=]+)=1\0/.exec(file(pid, 'environ'))?.[1] : undefined
    if (mark !== undefined) return mark
  }
  return undefined
}

/** Pids of what is still there of the run with that mark. */
export function marked(mark: string): string[] {
  return pids().filter((pid) => file(pid, 'environ').includes(`${mark}=1\0`))
}

function pids(): string[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name))
}

function file(pid: string, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'latin1')
  } catch {
    return ''
  }
}
