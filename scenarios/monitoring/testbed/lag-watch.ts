import { setTimeout as pause } from 'node:timers/promises'
import { messageOf } from '../../../core/error.ts'
import { until } from '../../../core/until.ts'
import type { NewEvent } from '../../../proof/history/event.ts'
import type { LagReader } from '../../../proof/observers/lag-reader.ts'
import { type MonitoredLag, scrape } from '../../../proof/observers/monitor-scrape.ts'

export interface LagWatchOptions {
  readonly reader: LagReader
  readonly monitored: MonitoredLag
  /** The monitor's name, and where it answers. */
  readonly monitor: string
  readonly url: string
  readonly record: (event: NewEvent) => void
}

/** Milliseconds between an answer and the next look. */
const PAUSE = 200
/** Milliseconds in which the broker must answer. */
const PATIENCE = 5_000

/** Looks at what waits, asks the monitor, looks again, and so on: each answer lies between two looks. */
export class LagWatch implements AsyncDisposable {
  readonly #options: LagWatchOptions
  #closing = false
  #blind = false
  readonly #watching: Promise<void>

  constructor(options: LagWatchOptions) {
    this.#options = options
    this.#watching = this.#watch()
  }

  async #watch(): Promise<void> {
    const { monitored, monitor, url, record } = this.#options
    while (!this.#closing) {
      await this.#look()
      record({ kind: 'lag.told', monitor, ...(await scrape(url, monitored)) })
      await this.#look()
      if (!this.#closing) await pause(PAUSE)
    }
  }

  async #look(): Promise<void> {
    const { reader, monitored, record } = this.#options
    const { group, topic } = monitored
    try {
      // A partition that was just added has no leader for a moment.
      const partitions = await until(() => reader.look(), {
        what: 'an answer of the broker',
        deadline: PATIENCE,
      })
      record({ kind: 'lag.look', group, topic, partitions })
    } catch (error) {
      record({ kind: 'observer.gap', observer: 'lag', reason: messageOf(error) })
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
