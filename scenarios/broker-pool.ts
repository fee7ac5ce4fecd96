import type { OwnBroker } from '../stacks/stack.ts'

export interface BrokerPoolOptions {
  readonly start: () => Promise<OwnBroker>
  /** How many scenarios are known to come: no broker is started ahead for nobody. */
  readonly wanted: number
  /** Brokers at the same time, in use or ahead. Default {@link MOST}. */
  readonly most?: number
}

/** Each is a process with 256 MB of heap. */
const MOST = 3

/**
 * Brokers for scenarios that can't share one. While some are used, the next is started; one that was used is thrown away
 * and not cleaned: members of groups that were killed would stay on it until their sessions have ended.
 */
export class BrokerPool implements AsyncDisposable {
  readonly #start: () => Promise<OwnBroker>
  readonly #most: number
  #wanted: number
  #running = 0
  readonly #ahead: Promise<OwnBroker>[] = []
  readonly #waiting: (() => void)[] = []

  constructor({ start, wanted, most = MOST }: BrokerPoolOptions) {
    this.#start = start
    this.#wanted = wanted
    this.#most = most
  }

  /** Starts one ahead, where somebody is known to come for it. */
  prepare(): void {
    if (this.#ahead.length > 0 || this.#wanted <= 0 || this.#running >= this.#most) return
    this.#ahead.push(this.#begin())
  }

  /** A fresh one; waits while too many run. Disposing it makes room for the next. */
  async take(): Promise<OwnBroker> {
    while (this.#ahead.length === 0 && this.#running >= this.#most)
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    const next = this.#ahead.shift() ?? this.#begin()
    this.prepare()
    try {
      const broker = await next
      let ending: Promise<void> | undefined
      const end = async () => {
        try {
          await broker[Symbol.asyncDispose]()
        } finally {
          this.#ended()
        }
      }
      return {
        kafka: broker.kafka,
        link: (name, by) => broker.link(name, by),
        [Symbol.asyncDispose]: async () => {
          ending ??= end()
          await ending
        },
      }
    } catch (error) {
      this.#ended()
      throw error
    }
  }

  /** Ends what nobody came for. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#wanted = 0
    const left = this.#ahead.splice(0)
    await Promise.all(left.map(async (each) => (await each.catch(() => undefined))?.[Symbol.asyncDispose]()))
  }

  #begin(): Promise<OwnBroker> {
    this.#running++
    this.#wanted--
    const starting = this.#start()
    // Its error is for the one who takes it.
    starting.catch(() => {})
    return starting
  }

  #ended(): void {
    this.#running--
    this.prepare()
    this.#waiting.shift()?.()
  }
}
