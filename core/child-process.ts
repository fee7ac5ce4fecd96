import { type SpawnOptions, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { EventproofError } from './error.ts'
import { logTail } from './log-tail.ts'
import { descendantsOf, groupLives, isAlive, type ProcessIdentity } from './process-identity.ts'
import type { Reaper } from './reaper.ts'
import { until } from './until.ts'

export interface ChildOptions {
  readonly command: readonly [string, ...string[]]
  readonly cwd: string
  /** The whole environment: nothing of ours is inherited. */
  readonly env: Readonly<Record<string, string>>
  /** Output and errors are appended to this file. */
  readonly log: string
  readonly reaper: Reaper
  readonly uid?: number
  readonly gid?: number
  /** See {@link Reaper.group}. */
  readonly farewell?: 'KILL' | 'QUIT'
}

export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export class RunOver extends EventproofError {
  override readonly code = 'EVENTPROOF_RUN_OVER'
}

/** A running child in a process group of its own, known to the reaper. */
export class RunningChild {
  readonly pid: number
  readonly log: string
  /** Resolves when the process has ended, for whatever reason; never rejects. */
  readonly exited: Promise<Exit>
  exit: Exit | undefined

  constructor(pid: number, log: string, exited: Promise<Exit>) {
    this.pid = pid
    this.log = log
    this.exited = exited.then((exit) => {
      this.exit = exit
      return exit
    })
  }

  get running(): boolean {
    return this.exit === undefined
  }

  /** The last lines of its log. */
  tail(lines = 15): Promise<string> {
    return logTail(this.log, lines)
  }

  /** Sends a signal to the whole group; a group that is gone is no error. */
  signal(signal: NodeJS.Signals): void {
    sendTo(-this.pid, signal)
  }

  /** SIGKILL to the process, its group and everything below it; resolves when all of that is gone. */
  async kill(): Promise<void> {
    const below = this.running ? descendantsOf(this.pid) : []
    sendTo(-this.pid, 'SIGKILL')
    for (const { pid } of below) sendTo(pid, 'SIGKILL')
    await this.#gone(below)
  }

  /** Asks with `signal`, and kills after `grace` milliseconds; resolves when all is gone. */
  async stop(grace = 5000, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.running) {
      this.signal('SIGCONT')
      this.signal(signal)
      const late = AbortSignal.timeout(grace)
      const expired = new Promise<void>((resolve) => late.addEventListener('abort', () => resolve()))
      await Promise.race([this.exited, expired])
    }
    await this.kill()
  }

  async #gone(below: readonly ProcessIdentity[]): Promise<void> {
    await this.exited
    await until(() => !groupLives(this.pid) && !below.some(isAlive), {
      what: `the end of process group ${this.pid}`,
      deadline: 10_000,
      every: 5,
    })
  }
}

/**
 * Starts a process in a group of its own, its output going to a file, and registers it with the reaper.
 * @throws {RunOver} when the reaper has ended; the error of the system (ENOENT, EACCES) when it cannot be started
 */
export async function startChild(options: ChildOptions): Promise<RunningChild> {
  // A start that was still under way when its run was ended must not leave anything behind.
  if (options.reaper.over)
    throw new RunOver('the run is over', { what: `${options.command[0]} is not started` })
  const [file, ...args] = options.command
  const log = openSync(options.log, 'a', 0o644)
  try {
    const spawned = spawn(file, args, {
      cwd: options.cwd,
      env: { ...options.env, ...options.reaper.environment },
      detached: true,
      stdio: ['ignore', log, log],
      ...identity(options),
    })
    const { pid } = spawned
    if (pid === undefined) {
      throw await new Promise((resolve) => spawned.once('error', resolve))
    }
    options.reaper.group(pid, options.farewell)
    const exited = new Promise<Exit>((resolve) => {
      spawned.once('exit', (code, signal) => resolve({ code, signal }))
    })
    void exited.then(() => {
      // Its group may outlive it; the number stays registered until that is gone, too.
      if (!groupLives(pid)) options.reaper.gone(pid)
    })
    return new RunningChild(pid, options.log, exited)
  } finally {
    closeSync(log)
  }
}

function identity({ uid, gid }: ChildOptions): SpawnOptions {
  return { ...(uid === undefined ? {} : { uid }), ...(gid === undefined ? {} : { gid }) }
}

function sendTo(target: number, signal: NodeJS.Signals): void {
  try {
    process.kill(target, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
