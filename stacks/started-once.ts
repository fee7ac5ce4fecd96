import type { ComponentProgress, ReportProgress } from '../core/progress.ts'

/** What starts at its first need. */
export interface Startable<T> extends AsyncDisposable {
  readonly value: T
  readonly starting: boolean
  need(): Promise<T>
}

/** A component that is started at the first need and then kept; needs at the same time share one start. */
export class StartedOnce<T extends AsyncDisposable> implements Startable<T> {
  readonly #name: string
  readonly #start: () => Promise<T>
  readonly #report: ReportProgress
  readonly #reached: (started: T) => Pick<ComponentProgress, 'kubeconfig'>
  #starting: Promise<T> | undefined
  #started: T | undefined

  /** @param reached what the reader needs to look into it himself, told when it is ready */
  constructor(
    name: string,
    report: ReportProgress,
    start: () => Promise<T>,
    reached: (started: T) => Pick<ComponentProgress, 'kubeconfig'> = () => ({}),
  ) {
    this.#reached = reached
    this.#name = name
    this.#report = report
    this.#start = start
  }

  /** The running component. @throws {Error} when it was not needed before: a defect of the caller */
  get value(): T {
    if (!this.#started) throw new Error(`${this.#name} is not running: need(['${this.#name}']) first`)
    return this.#started
  }

  /** True between the first need and its end. */
  get starting(): boolean {
    return this.#starting !== undefined && this.#started === undefined
  }

  need(): Promise<T> {
    this.#starting ??= this.#begin()
    return this.#starting
  }

  async #begin(): Promise<T> {
    const begun = performance.now()
    const tell = (state: 'starting' | 'ready' | 'failed', more: Pick<ComponentProgress, 'kubeconfig'> = {}) =>
      this.#report({
        type: 'component',
        component: this.#name,
        state,
        ...(state === 'starting' ? {} : { milliseconds: Math.round(performance.now() - begun) }),
        ...more,
      })
    tell('starting')
    try {
      this.#started = await this.#start()
      tell('ready', this.#reached(this.#started))
      return this.#started
    } catch (error) {
      tell('failed')
      // The next need tries again: what was missing may have been installed.
      this.#starting = undefined
      throw error
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const started = await this.#starting?.catch(() => undefined)
    this.#starting = undefined
    this.#started = undefined
    await started?.[Symbol.asyncDispose]()
  }
}
