/** Times between events that come one after the other, of which the most recent are kept. */
export class Intervals {
  readonly #kept: number[] = []
  #last: number | undefined
  #count = 0

  /** @param at milliseconds, not falling */
  tick(at: number): void {
    this.#count++
    if (this.#last !== undefined) this.#kept.push(at - this.#last)
    if (this.#kept.length > 1000) this.#kept.shift()
    this.#last = at
  }

  /** How many events there were. */
  get count(): number {
    return this.#count
  }

  /**
   * The time that a share of the intervals does not exceed, 0.5 for the median; undefined before the second event.
   */
  at(share: number): number | undefined {
    const sorted = [...this.#kept].sort((a, b) => a - b)
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
  }
}
