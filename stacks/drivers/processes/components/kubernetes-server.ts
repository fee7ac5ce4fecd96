import { get } from 'node:http'
import { join } from 'node:path'
import { type RunningChild, startChild } from '../../../../core/child-process.ts'
import type { Run } from '../run.ts'
import { becomeReady, expectFree } from './readiness.ts'

export interface ServerOptions {
  readonly name: string
  readonly command: readonly [string, ...string[]]
  readonly env?: Readonly<Record<string, string>>
  /** What it listens on. */
  readonly ports: readonly number[]
  /** What counts as ready, in words, and how it is seen. */
  readonly what: string
  readonly ready: (signal: AbortSignal) => Promise<unknown>
  /** Milliseconds. */
  readonly deadline: number
}

/** A process of the control plane that may be hurt. */
export interface RunningServer {
  readonly name: string
  readonly pid: number
  readonly running: boolean
  /** The file that its output is appended to. */
  readonly log: string
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>
  /** SIGSTOP: it stands still, its connections stay open. */
  pause(): void
  resume(): void
  /** Starts it again in the same way; resolves when it is ready. */
  restart(): Promise<void>
}

/** One server of the control plane, started, and started again in the same way. */
export class ControlPlaneServer implements RunningServer, AsyncDisposable {
  readonly name: string
  readonly log: string
  readonly #options: ServerOptions
  readonly #run: Run
  #child: RunningChild | undefined

  constructor(options: ServerOptions, run: Run) {
    this.#options = options
    this.#run = run
    this.name = options.name
    this.log = join(run.logs, `${options.name}.log`)
  }

  get pid(): number {
    return this.#child?.pid ?? 0
  }

  get running(): boolean {
    return this.#child?.running ?? false
  }

  /** @throws {ComponentNotReady} {PortOccupied} */
  async begin(): Promise<void> {
    const { name: component, command, env, ports, what, ready, deadline } = this.#options
    await expectFree(component, ...ports)
    this.#child = await startChild({
      command,
      cwd: this.#run.data,
      env: { PATH: '/usr/bin:/bin', HOME: this.#run.data, TZ: 'UTC', ...env },
      log: this.log,
      reaper: this.#run.reaper,
    })
    await becomeReady(this.#child, { component, what, deadline, every: 20 }, async (signal) => {
      await ready(signal)
      return true
    })
  }

  async kill(): Promise<void> {
    await this.#child?.kill()
  }

  pause(): void {
    this.#child?.signal('SIGSTOP')
  }

  resume(): void {
    this.#child?.signal('SIGCONT')
  }

  async restart(): Promise<void> {
    await this.#child?.stop(5000)
    await this.begin()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill()
  }
}

/** Resolves when `url` answers with 200. */
export function answers(url: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const call = get(url, { signal }, (answer) => {
      answer.resume()
      if (answer.statusCode === 200) resolve()
      else reject(new Error(`${url}: HTTP ${answer.statusCode}`))
    })
    call.on('error', reject)
  })
}
