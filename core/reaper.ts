import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { identityOf } from './process-identity.ts'

const SCRIPT = fileURLToPath(new URL('./reaper.sh', import.meta.url))

/**
 * A watchdog beside a run: a detached process that reads from a pipe which only we hold. When we die, even by
 * SIGKILL, the pipe ends, and it kills the registered process groups and removes the registered paths.
 */
export class Reaper implements AsyncDisposable {
  /** Put this into the environment of everything that is started: it finds what left its group, too (Linux). */
  readonly environment: Readonly<Record<string, string>>
  readonly pid: number
  readonly #process: ChildProcess

  /** @param inherited marks of another reaper, so that it finds what is started under this one, too */
  constructor(inherited: Readonly<Record<string, string>> = {}) {
    const mark = randomUUID().replaceAll('-', '')
    this.environment = { ...inherited, [`EVENTPROOF_MARK_${mark}`]: '1' }
    // Without our own mark and our own environment: it must not find itself.
    this.#process = spawn('/bin/sh', [SCRIPT, mark], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      env: { PATH: process.env.PATH ?? '/usr/bin:/bin' },
      cwd: '/',
    })
    if (this.#process.pid === undefined) throw new Error('no /bin/sh for the reaper')
    this.pid = this.#process.pid
    this.#process.stdin?.on('error', () => {})
    this.#process.unref()
    unrefStream(this.#process.stdin)
  }

  /**
   * Registers a process group by its leader. Call it in the same tick as `spawn`.
   * @param farewell a signal that is tried 200 ms before SIGKILL, for what must free kernel objects (Postgres: QUIT)
   */
  group(pid: number, farewell: 'KILL' | 'QUIT' = 'KILL'): void {
    this.#tell(`group ${pid} ${farewell} ${identityOf(pid)?.start ?? ''}`)
  }

  /** True once the pipe is closed: nothing may be started under it any more. */
  get over(): boolean {
    return this.#process.stdin?.writable !== true
  }

  /** The group has ended by itself or by us: its number may be given to somebody else. */
  gone(pid: number): void {
    this.#tell(`gone ${pid}`)
  }

  /** Registers a folder or file to remove; its name must begin with `eventproof-`. */
  path(path: string): void {
    this.#tell(`path ${path}`)
  }

  /**
   * Registers what is run when all else is swept, for what a signal can not end. It gets PATH and no more.
   * @returns takes it back
   */
  atEnd(command: readonly string[]): () => void {
    this.#tell(`last ${command.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ')}`)
    return () => this.#tell('last ')
  }

  /** Ends the pipe on purpose: sweeps what is still registered, and resolves when the watchdog is gone. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return
    this.#process.ref()
    const exit = once(this.#process, 'exit')
    this.#process.stdin?.end()
    await exit
  }

  #tell(line: string): void {
    this.#process.stdin?.write(`${line}\n`)
  }
}

/** The pipe must not keep our event loop alive. */
function unrefStream(stream: unknown): void {
  if (
    typeof stream === 'object' &&
    stream !== null &&
    'unref' in stream &&
    typeof stream.unref === 'function'
  ) {
    stream.unref()
  }
}
