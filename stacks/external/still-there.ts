import { setTimeout as pause } from 'node:timers/promises'
import { messageOf } from '../../core/error.ts'
import { within } from '../../core/until.ts'
import { ComponentLost } from '../component-lost.ts'

/** A part that somebody else runs. */
export interface Watched {
  /** `kafka at broker-1:9092`. */
  readonly name: string
  /** Rejects where it does not answer. */
  ask(): Promise<unknown>
}

export interface Patience {
  /** Milliseconds between two questions. */
  readonly every: number
  /** Milliseconds for one answer. */
  readonly answer: number
  /** Milliseconds without an answer, and at least three questions, until it counts as lost. */
  readonly silence: number
}

const PATIENCE: Patience = { every: 2000, answer: 10_000, silence: 15_000 }

/**
 * Asks parts that somebody else runs whether they are still there: nobody tells us of their end. A broker that is
 * restarted is back within the time that is waited.
 */
export class StillThere implements Disposable {
  readonly #lost = new AbortController()
  readonly #over = new AbortController()
  readonly #patience: Patience
  readonly #now: () => number

  constructor(
    parts: readonly Watched[],
    patience: Patience = PATIENCE,
    now: () => number = () => performance.now(),
  ) {
    this.#patience = patience
    this.#now = now
    for (const part of parts) void this.#watch(part)
  }

  /** Aborted with {@link ComponentLost}. */
  get lost(): AbortSignal {
    return this.#lost.signal
  }

  [Symbol.dispose](): void {
    this.#over.abort()
  }

  async #watch({ name, ask }: Watched): Promise<void> {
    const { every, answer, silence } = this.#patience
    let answered = this.#now()
    let missed = 0
    while (!this.#over.signal.aborted && !this.#lost.signal.aborted) {
      try {
        await within(answer, name, ask())
        answered = this.#now()
        missed = 0
      } catch (error) {
        const since = this.#now() - answered
        if (++missed >= 3 && since >= silence && !this.#over.signal.aborted)
          this.#lost.abort(
            new ComponentLost(name, `no answer for ${Math.round(since / 1000)} s: ${messageOf(error)}`),
          )
      }
      await pause(every, undefined, { signal: this.#over.signal, ref: false }).catch(() => {})
    }
  }
}
