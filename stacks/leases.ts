import { until } from '../core/until.ts'

export interface Lease<T> {
  readonly value: T
  giveBack(): void
}

/** A fixed number of things, each in one hand at a time. */
export class Leases<T> {
  readonly #free: T[]
  readonly #what: string

  constructor(all: readonly T[], what: string) {
    this.#free = [...all]
    this.#what = what
  }

  /** @throws {DeadlinePassed} when nothing was given back within `deadline` milliseconds */
  async take(deadline = 30_000): Promise<Lease<T>> {
    const [value] = await until(() => (this.#free.length > 0 ? this.#free.splice(0, 1) : undefined), {
      what: this.#what,
      deadline,
    })
    let mine = true
    return {
      value: value as T,
      giveBack: () => {
        if (mine) this.#free.push(value as T)
        mine = false
      },
    }
  }
}
