import { ComponentLost } from '../component-lost.ts'

/** Milliseconds in which what we did to one component may end another. */
const AFTERMATH = 30_000

/**
 * Tells when a component of a stack ends that nobody ended. What ends while another one is hurt by us, or shortly after,
 * may end because of that, and is not told.
 */
export class Watch {
  readonly #lost = new AbortController()
  readonly #now: () => number
  readonly #hurt = new Set<string>()
  #healed = Number.NEGATIVE_INFINITY
  #over = false

  constructor(now: () => number = () => performance.now()) {
    this.#now = now
  }

  /** Aborted with {@link ComponentLost}. */
  get lost(): AbortSignal {
    return this.#lost.signal
  }

  /** It is killed, paused or stopped by us. */
  hurt(component: string): void {
    this.#hurt.add(component)
  }

  /** It runs again. */
  healed(component: string): void {
    if (this.#hurt.delete(component)) this.#healed = this.#now()
  }

  /** It ended, and not by us. */
  ended(component: string, how: string, log?: string): void {
    const aftermath = this.#hurt.size > 0 || this.#now() - this.#healed < AFTERMATH
    if (this.#over || aftermath) return
    this.#lost.abort(new ComponentLost(component, how, log))
  }

  /** What runs them is gone: all of them are. */
  allEnded(how: string): void {
    if (!this.#over) this.#lost.abort(new ComponentLost('the whole stack', how))
  }

  /** The stack is brought down: from now on everything ends by us. */
  over(): void {
    this.#over = true
  }
}
