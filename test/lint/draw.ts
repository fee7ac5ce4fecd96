import type { Random } from '../../core/random.ts'

/** Choices of one manifest. */
export class Draw {
  readonly #random: Random

  constructor(random: Random) {
    this.#random = random
  }

  one<T>(...among: readonly [T, ...T[]]): T {
    return among[this.#random.below(among.length)] ?? among[0]
  }

  chance(share: number): boolean {
    return this.#random.next() < share
  }

  maybe<T>(share: number, value: () => T): T | undefined {
    return this.chance(share) ? value() : undefined
  }

  whole(least: number, most: number): number {
    return least + this.#random.below(most - least + 1)
  }
}
