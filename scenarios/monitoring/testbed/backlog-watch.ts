import { setTimeout as pause } from 'node:timers/promises'
import { messageOf } from '../../../core/error.ts'
import { until } from '../../../core/until.ts'
import type { NewEvent } from '../../../proof/history/event.ts'
import { type ReportedBacklog, scrape } from '../../../proof/observers/monitor-scrape.ts'
import type { BacklogSource } from './backlog-source.ts'

export interface BacklogWatchOptions {
  readonly sources: readonly BacklogSource[]
  readonly reported: readonly ReportedBacklog[]
  /** The monitor's name, and where it answers. */
  readonly monitor: string
  readonly url: string
  readonly record: (event: NewEvent) => void
}

/** Milliseconds between an answer and the next look. */
const PAUSE = 200
/** Milliseconds for an answer of the broker, the database or the monitor. */
const PATIENCE = 5_000

/** Looks at what waits, asks the monitor, looks again, and so on: each answer lies between two looks. */
export class BacklogWatch implements AsyncDisposable {
  readonly #options: BacklogWatchOptions
  #closing = false
  #blind = false
  readonly #watching: Promise<void>

  constructor(options: BacklogWatchOptions) {
    this.#options = options
    this.#watching = this.#watch()
  }

  async #watch(): Promise<void> {
    const { reported, monitor, url, record } = this.#options
    while (!this.#closing) {
      await this.#look()
      record({ kind: 'backlog.told', monitor, ...(await scrape(url, reported)) })
      await this.#look()
      if (!this.#closing) await pause(PAUSE)
    }
  }

  async #look(): Promise<void> {
    await Promise.all(this.#options.sources.map((source) => this.#lookAt(source)))
  }

  async #lookAt(source: BacklogSource): Promise<void> {
    const { record } = this.#options
    try {
      // A partition that was just added has no leader for a moment.
      const what = `an answer about the ${source.of}`
      const parts = await until(() => source.look(), { what, deadline: PATIENCE })
      record({ kind: 'backlog.look', backlog: source.of, parts })
    } catch (error) {
      record({ kind: 'observer.gap', observer: source.of, reason: messageOf(error) })
      this.#blind = true
      this.#closing = true
    }
  }

  /** One more look is the last thing that it does. */
  async conclude(): Promise<void> {
    await this[Symbol.asyncDispose]()
    if (!this.#blind) await this.#look()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing = true
    await this.#watching
  }
}
