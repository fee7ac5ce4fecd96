import { get } from 'node:http'
import { type RunningChild, startChild } from '../../../../core/child-process.ts'
import { becomeReady, expectFree } from '../../../local/readiness.ts'
import type { Run } from '../../../local/run.ts'
import { RunningProcess } from '../../../local/running-process.ts'
import type { Running } from '../../../stack.ts'

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
export interface RunningServer extends Running {
  readonly pid: number
  /** The file that its output is appended to. */
  readonly log: string
}

/** One server of the control plane, started, and started again in the same way. */
export class ControlPlaneServer extends RunningProcess implements RunningServer {
  readonly #options: ServerOptions

  constructor(options: ServerOptions, run: Run) {
    super(options.name, run, { grace: 5000 })
    this.#options = options
  }

  protected async spawn(): Promise<RunningChild> {
    const { command, env, ports } = this.#options
    await expectFree(this.name, ...ports)
    return startChild({
      command,
      cwd: this.run.data,
      env: { PATH: '/usr/bin:/bin', HOME: this.run.data, TZ: 'UTC', ...env },
      log: this.log,
      reaper: this.run.reaper,
    })
  }

  protected async ready(child: RunningChild): Promise<void> {
    const { what, ready, deadline } = this.#options
    await becomeReady(child, { component: this.name, what, deadline, every: 20 }, async (signal) => {
      await ready(signal)
      return true
    })
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
