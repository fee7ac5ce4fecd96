import { join } from 'node:path'
import type { RunningChild } from '../../core/child-process.ts'
import { fileLines } from '../../core/file-lines.ts'
import type { Running } from '../stack.ts'
import type { Run } from './run.ts'

/** How a process is asked to end. */
export interface Farewell {
  /** Milliseconds before it is killed. */
  readonly grace: number
  readonly signal?: NodeJS.Signals
}

/** A process that is started again and again in the same way: the handle of all that this driver runs. */
export abstract class RunningProcess implements Running, AsyncDisposable {
  readonly name: string
  /** Path of the file that its output is appended to. */
  readonly log: string
  protected readonly run: Run
  readonly #farewell: Farewell
  /** The child that nobody but itself would end. */
  #unharmed: RunningChild | undefined
  #child: RunningChild | undefined

  /** @param log name of the log file, without its ending */
  constructor(name: string, run: Run, farewell: Farewell, log = name) {
    this.name = name
    this.run = run
    this.log = join(run.logs, `${log}.log`)
    this.#farewell = farewell
  }

  /** Starts it, which may take its time to become ready. */
  protected abstract spawn(): Promise<RunningChild>

  /** Resolves when it is ready; else it ends the child. @throws {ComponentNotReady} with its last lines */
  protected abstract ready(child: RunningChild): Promise<unknown>

  /** Starts it, and resolves when it is ready. @throws {ComponentNotReady} {PortOccupied} */
  async begin(): Promise<void> {
    const child = await this.spawn()
    this.#child = child
    await this.ready(child)
    this.#unharmed = child
    if (!this.component) return
    this.run.watch?.healed(this.name)
    void child.exited.then(({ code, signal }) => {
      if (this.#unharmed === child)
        this.run.watch?.ended(this.name, signal ? `ended by ${signal}` : `exit code ${code}`, this.log)
    })
  }

  /** Whether the stack is not whole without it: of a service under test its own history tells. */
  protected get component(): boolean {
    return true
  }

  /** It is wanted no more. */
  protected ended(): void {
    if (this.component) this.run.watch?.healed(this.name)
  }

  #harm(): void {
    this.#unharmed = undefined
    if (this.component) this.run.watch?.hurt(this.name)
  }

  get pid(): number {
    return this.#child?.pid ?? 0
  }

  get id(): string {
    return `process ${this.pid}`
  }

  get running(): boolean {
    return this.#child?.running ?? false
  }

  async kill(): Promise<void> {
    this.#harm()
    await this.#child?.kill()
  }

  async pause(): Promise<void> {
    if (this.component) this.run.watch?.hurt(this.name)
    this.#child?.signal('SIGSTOP')
  }

  async resume(): Promise<void> {
    this.#child?.signal('SIGCONT')
    if (this.component && this.#unharmed !== undefined) this.run.watch?.healed(this.name)
  }

  async stop(grace = this.#farewell.grace, signal = this.#farewell.signal): Promise<void> {
    this.#harm()
    await this.#child?.stop(grace, signal)
  }

  async restart(): Promise<void> {
    if (this.running) await this.stop()
    await this.begin()
  }

  logs(follow?: AbortSignal): AsyncIterable<string> {
    return fileLines(this.log, follow)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill()
    this.ended()
  }
}
