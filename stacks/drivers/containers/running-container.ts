import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { messageOf } from '../../../core/error.ts'
import { fileLines } from '../../../core/file-lines.ts'
import { logTail } from '../../../core/log-tail.ts'
import { until, within } from '../../../core/until.ts'
import { ComponentNotReady, lastSeen } from '../../local/readiness.ts'
import type { Running } from '../../stack.ts'
import type { ContainerRun } from './container-run.ts'
import type { Engine } from './engine.ts'
import { EngineUnavailable, hintOf } from './engine-error.ts'
import { withoutFrames } from './frames.ts'
import type { Launch } from './launch.ts'

/** Milliseconds for an engine to create and start a container; a busy one takes its time. */
const CREATED = 120_000

/** What happened to a container that ended. */
export interface Ended {
  readonly code: number
}

/** A container that is started again and again in the same way: the handle of all that this driver runs. */
export abstract class RunningContainer implements Running, AsyncDisposable {
  readonly name: string
  /** Path of the file that its output is appended to. */
  readonly log: string
  protected readonly run: ContainerRun
  readonly #grace: number
  #container = ''
  #starts = 0
  #running = false
  /** The start that nobody but itself would end. */
  #unharmed = 0
  #ended: Promise<Ended> = Promise.resolve({ code: 0 })
  #following: Promise<void> = Promise.resolve()
  /** Aborted where a start failed: then there is no end to wait for. */
  #never = new AbortController()

  /** @param grace milliseconds between the question to end and the kill */
  constructor(name: string, run: ContainerRun, grace: number, log = name) {
    this.name = name
    this.run = run
    this.#grace = grace
    this.log = join(run.logs, `${log}.log`)
  }

  /** A container that is to be started, as Testcontainers has it. */
  protected abstract container(): Promise<Launch>

  /** One look: resolves with true when it is ready; throws or gives false when not yet. */
  protected abstract look(signal: AbortSignal): Promise<boolean>

  /** Whether the stack is not whole without it: of a service under test its own history tells. */
  protected get component(): boolean {
    return true
  }

  /** What counts as ready, in words. */
  protected abstract readonly readyWhen: string

  /** Milliseconds to become ready. */
  protected get deadline(): number {
    return 180_000
  }

  /** Told of each start, and of its end. */
  protected started(_ended: Promise<Ended>): void {}

  /** The error for one that did not become ready. */
  protected failure(ended: Ended | undefined, tail: string, cause: unknown): Error {
    return new ComponentNotReady(this.name, {
      what: ended
        ? `its container ended at start (exit code ${ended.code})`
        : `${this.readyWhen}: not within ${this.deadline / 1000} s`,
      last: ended ? tail : `${lastSeen(cause)}\n${tail}`.trim(),
      log: this.log,
      hint: hintOf(tail) ?? '`eventproof doctor` checks the engine and its images',
      ...(ended ? {} : { cause }),
    })
  }

  /** Creates its container, starts it, and resolves when it is ready. @throws {ComponentNotReady} */
  async begin(): Promise<void> {
    const launch = await this.container()
    this.#container = ''
    this.#never = new AbortController()
    const runs = Promise.withResolvers<void>()
    const running = () => {
      this.#follow(0)
      runs.resolve()
    }
    launch.created = (id) => {
      this.#container = id
      this.#watch()
      // What ends at once may never be seen to run: its ports are looked for in vain.
      void this.#ended.then(({ code }) => code >= 0 && launch.running())
    }
    launch.running = () => {
      launch.running = () => {}
      running()
    }
    const start = launch.start()
    start.catch(runs.reject)
    try {
      await within(CREATED, `the container of ${this.name}`, runs.promise)
    } catch (cause) {
      // The end of what never ran would be waited for in vain.
      this.#never.abort()
      await this[Symbol.asyncDispose]()
      throw this.notCreated(cause)
    }
    await this.#becomeReady(start)
  }

  get id(): string {
    return `container ${this.#container.slice(0, 12)} start ${this.#starts}`
  }

  get running(): boolean {
    return this.#running
  }

  async kill(): Promise<void> {
    if (!this.#running) return
    // A container that is paused takes no signal before it goes on.
    await this.run.engine.resume(this.#container)
    this.#harm()
    await this.run.engine.kill(this.#container)
    await this.#gone()
  }

  async pause(): Promise<void> {
    if (this.component) this.run.watch?.hurt(this.name)
    await this.run.engine.pause(this.#container)
  }

  async resume(): Promise<void> {
    await this.run.engine.resume(this.#container)
    if (this.component && this.#unharmed > 0) this.run.watch?.healed(this.name)
  }

  async stop(grace = this.#grace): Promise<void> {
    if (!this.#running) return
    this.#harm()
    await this.run.engine.resume(this.#container)
    await this.run.engine.stop(this.#container, grace)
    await this.#gone()
  }

  async restart(): Promise<void> {
    if (this.#running) await this.stop()
    const since = Date.now() / 1000
    this.#watch()
    await this.run.engine.start(this.#container)
    this.#follow(since)
    await this.#becomeReady(Promise.resolve())
  }

  /** The same with a new container, where its settings change: they are what a container is created with. */
  protected async recreate(): Promise<void> {
    if (this.#running) await this.stop()
    await this.run.engine.remove(this.#container)
    await this.begin()
  }

  /** Runs a command in it. */
  protected execute(command: readonly string[]): ReturnType<Engine['run']> {
    return this.run.engine.run(this.#container, command)
  }

  logs(follow?: AbortSignal): AsyncIterable<string> {
    return fileLines(this.log, follow)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#container === '') return
    this.#harm()
    await this.run.engine.remove(this.#container)
    if (this.#running) await this.#gone()
    if (this.component) this.run.watch?.healed(this.name)
  }

  async #becomeReady(start: Promise<unknown>): Promise<void> {
    const died = new AbortController()
    const { readyWhen: what, deadline } = this
    let ended: Ended | undefined
    start.catch((error) => died.abort(error))
    void this.#ended.then((end) => {
      ended = end
      died.abort(new Error(`exit code ${end.code}`))
    })
    try {
      await until((signal) => this.look(signal), { what, deadline, signal: died.signal })
      await start
      this.#unharmed = this.#starts
      if (this.component) this.run.watch?.healed(this.name)
    } catch (cause) {
      if (ended) await this.#written()
      const tail = await logTail(this.log, 15)
      const before = ended
      // What has run before and is late this time is left to itself: it may still come.
      if (before !== undefined || this.#starts === 1) {
        if (before === undefined) await this.kill()
        await this[Symbol.asyncDispose]()
      }
      throw this.failure(before, tail, cause)
    }
  }

  /** The error for one that the engine did not even create or start. */
  protected notCreated(cause: unknown): Error {
    return new ComponentNotReady(this.name, {
      what: `the engine did not start its container: ${messageOf(cause)}`,
      hint: hintOf(messageOf(cause)) ?? '`eventproof doctor` checks the engine and its images',
      cause,
    })
  }

  #harm(): void {
    this.#unharmed = 0
    if (this.component) this.run.watch?.hurt(this.name)
  }

  #watch(): void {
    this.#starts++
    this.#running = true
    const start = this.#starts
    const ended = this.run.engine.nextEnd(this.#container, this.#never.signal).then(
      (code) => ({ code }),
      (error) => {
        // Whoever waits for the end of a container is told of it, or that there is no engine any more.
        if (error instanceof EngineUnavailable) this.run.watch?.allEnded(messageOf(error))
        return { code: -1 }
      },
    )
    this.#ended = ended
    void ended.then(({ code }) => {
      if (start !== this.#starts) return
      this.#running = false
      if (this.component && this.#unharmed === start)
        this.run.watch?.ended(this.name, `exit code ${code}`, this.log)
    })
    this.started(ended)
  }

  async #gone(): Promise<void> {
    await this.#ended
    await this.#written()
    await until(() => !this.#running, { what: `the end of ${this.name}`, deadline: 10_000, every: 5 })
  }

  /** The last lines come a moment after the end. */
  async #written(): Promise<void> {
    await Promise.race([this.#following, pause(1000)])
  }

  #follow(since: number): void {
    const follow = async () => {
      const output = await this.run.engine.logs(this.#container, since)
      await pipeline(output, withoutFrames(), createWriteStream(this.log, { flags: 'a' }))
    }
    // The engine ends the stream with the container; one that breaks off costs lines of a log and nothing else.
    this.#following = follow().catch(() => {})
  }
}
