import { setImmediate as immediate, setTimeout as pause } from 'node:timers/promises'

/** `gone`: what was to be reported on is not there any more. */
export type Written = 'written' | 'gone'

/** Milliseconds before a write that failed is tried again. */
const RETRY = 300

/**
 * Writes the newest status, one write at a time: changes that come while one is under way share the next one, and a
 * write that fails is tried again with what is newest then.
 */
export class StatusReporter {
  readonly #write: () => Promise<Written>
  readonly #trouble: (error: unknown) => void
  readonly #closed = new AbortController()
  #changed = false
  #writing: Promise<void> | undefined

  constructor(write: () => Promise<Written>, trouble: (error: unknown) => void) {
    this.#write = write
    this.#trouble = trouble
  }

  report(): void {
    this.#changed = true
    this.#writing ??= this.#drain().finally(() => {
      this.#writing = undefined
      if (this.#changed && !this.#closed.signal.aborted) this.report()
    })
  }

  /** Resolves when everything that was reported is written, or there is nowhere to write it to. */
  async settled(): Promise<void> {
    while (this.#writing) await this.#writing
  }

  close(): void {
    this.#closed.abort()
  }

  async #drain(): Promise<void> {
    const { signal } = this.#closed
    while (this.#changed && !signal.aborted) {
      // What happens in one go is written in one go: a process starts and counts as ready.
      await immediate()
      this.#changed = false
      try {
        if ((await this.#write()) === 'gone') this.close()
      } catch (error) {
        if (signal.aborted) return
        this.#changed = true
        this.#trouble(error)
        await pause(RETRY, undefined, { signal }).catch(() => {})
      }
    }
  }
}
