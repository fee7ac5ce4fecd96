/** The end of a pod or of one container: it is asked for, and some time later patience is over. */
export class Termination implements Disposable {
  readonly #asked = new AbortController()
  readonly #over = new AbortController()
  #timer: NodeJS.Timeout | undefined
  #deadline = Number.POSITIVE_INFINITY

  /** Processes are to end by themselves from here on. */
  get asked(): AbortSignal {
    return this.#asked.signal
  }

  /** What still runs is killed from here on. */
  get over(): AbortSignal {
    return this.#over.signal
  }

  /** @param grace milliseconds from now; a later call can only shorten what is left */
  begin(grace: number): void {
    const deadline = performance.now() + grace
    if (deadline < this.#deadline) {
      this.#deadline = deadline
      clearTimeout(this.#timer)
      if (grace <= 0) this.#over.abort()
      else this.#timer = setTimeout(() => this.#over.abort(), grace)
    }
    this.#asked.abort()
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer)
  }
}

/** Resolves when `signal` aborts; never rejects. */
export function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
