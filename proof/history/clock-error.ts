import type { EventOf } from './event.ts'

/** Commits around a moment, in milliseconds: they show how late the counterexample was just then. */
const AROUND = 2000

/**
 * How far the times at which we saw something may be off, in milliseconds: how unevenly late the database observer was.
 * The database says when it committed; the lateness of the quickest commit stands for the difference of the clocks.
 */
export class ClockError {
  readonly #seen: readonly { readonly at: number; readonly late: number }[]
  readonly #most: number

  constructor(transactions: readonly EventOf<'pg.tx'>[]) {
    const all = transactions.map(({ at, committedAt }) => ({ at, late: at - committedAt }))
    const least = all.reduce((least, { late }) => Math.min(least, late), Number.POSITIVE_INFINITY)
    this.#seen = all.map(({ at, late }) => ({ at, late: late - least }))
    this.#most = this.#seen.reduce((most, { late }) => Math.max(most, late), 0)
  }

  /** The bound around a moment; where nothing was committed around it, the bound of the whole history. */
  near(moment: number): number {
    let most = -1
    for (const { at, late } of this.#seen) if (Math.abs(at - moment) <= AROUND) most = Math.max(most, late)
    return Math.ceil(most < 0 ? this.#most : most)
  }
}
