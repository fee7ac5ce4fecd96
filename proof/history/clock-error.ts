/** Something that the database did, and dated. */
export interface Dated {
  /** When we saw it, in the time of the history. */
  readonly at: number
  /** When it was done by the database's clock. */
  readonly saidAt: number
}

/** What is dated around a moment, in milliseconds: it shows how late things were seen just then. */
const AROUND = 2000

/**
 * How far the times at which we saw something may be off, in milliseconds: how unevenly late the database observer was.
 * The database dates commits and attempts; the least lateness stands for the difference of the clocks.
 */
export class ClockError {
  readonly #seen: readonly { readonly at: number; readonly late: number }[]
  readonly #most: number

  constructor(dated: readonly Dated[]) {
    const all = dated.map(({ at, saidAt }) => ({ at, late: at - saidAt }))
    const least = all.reduce((least, { late }) => Math.min(least, late), Number.POSITIVE_INFINITY)
    this.#seen = all.map(({ at, late }) => ({ at, late: late - least }))
    this.#most = this.#seen.reduce((most, { late }) => Math.max(most, late), 0)
  }

  /** The bound around a moment; where nothing is dated around it, the bound of the whole history. */
  near(moment: number): number {
    let most = -1
    for (const { at, late } of this.#seen) if (Math.abs(at - moment) <= AROUND) most = Math.max(most, late)
    return Math.ceil(most < 0 ? this.#most : most)
  }
}
