/**
 * Who may use a component at the same time: many that leave it alone, or one that hurts it. First come, first served,
 * so that one who wants it alone does not wait for ever.
 */
export class ReadWriteLock {
  #using = 0
  #alone = false
  readonly #queue: { readonly alone: boolean; readonly begin: () => void }[] = []

  /** Resolves when it is this one's turn; disposing gives it back. */
  take(alone: boolean): Promise<Disposable> {
    return new Promise((resolve) => {
      this.#queue.push({ alone, begin: () => resolve(this.#turn(alone)) })
      this.#next()
    })
  }

  #turn(alone: boolean): Disposable {
    let given = true
    return {
      [Symbol.dispose]: () => {
        if (!given) return
        given = false
        this.#using--
        if (alone) this.#alone = false
        this.#next()
      },
    }
  }

  #next(): void {
    for (;;) {
      const first = this.#queue[0]
      if (!first || this.#alone || (first.alone && this.#using > 0)) return
      this.#queue.shift()
      this.#using++
      this.#alone = first.alone
      first.begin()
    }
  }
}
