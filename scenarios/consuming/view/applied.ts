import type { ConsumerDeclaration } from '../plan.ts'
import { type ConsumedEvent, type Effect, keyOf } from './consumed-event.ts'
import type { Effects } from './effects.ts'

/** How often events took effect, and which of them have nothing left to add, once all transactions are read. */
export class Applied {
  readonly #events: readonly ConsumedEvent[]
  readonly #overwrites: boolean
  readonly #sums: boolean
  readonly #once: (event: ConsumedEvent) => boolean
  #rowsPerEffect: number | undefined
  #versions: Map<string, number> | undefined

  /** @param once whether this event can have been delivered only once */
  constructor(
    { effects }: ConsumerDeclaration,
    events: readonly ConsumedEvent[],
    { overwrites }: Effects,
    once: (event: ConsumedEvent) => boolean,
  ) {
    this.#events = events
    this.#overwrites = overwrites && effects.version !== undefined
    this.#sums = effects.sum !== undefined
    this.#once = once
  }

  /** The effects of an event that were not taken back. */
  standing({ effects }: ConsumedEvent): readonly Effect[] {
    return effects.filter(({ withdrawn }) => withdrawn === undefined)
  }

  /** Taken-back effects left out. Rows that one transaction always brings count as one effect. */
  times(event: ConsumedEvent): number {
    return this.standing(event).reduce(
      (sum, { rows }) => sum + Math.max(1, Math.round(rows / this.#usualRows())),
      0,
    )
  }

  /** Rows are written over, and a version of its key that is as new or newer is there: it has nothing left to add. */
  superseded(event: ConsumedEvent): boolean {
    if (!this.#overwrites) return false
    this.#versions ??= this.#newest()
    const version = event.inputs[0]?.version
    return version !== undefined && (this.#versions.get(keyOf(event) ?? '') ?? -1) >= version
  }

  /** An event may leave several rows in one transaction (one a line of an order): the fewest that one delivery left. */
  #usualRows(): number {
    // A sum says how often an event is in it: that is no number of rows.
    if (this.#sums) return 1
    if (this.#rowsPerEffect === undefined) {
      const once = this.#events.filter((event) => event.effects.length > 0 && this.#once(event))
      this.#rowsPerEffect = once.reduce(
        (least, { effects }) => Math.min(least, effects[0]?.rows ?? least),
        Number.POSITIVE_INFINITY,
      )
      if (once.length === 0) this.#rowsPerEffect = 1
    }
    return this.#rowsPerEffect
  }

  #newest(): Map<string, number> {
    const versions = new Map<string, number>()
    for (const event of this.#events) {
      for (const { key, version } of this.standing(event)) {
        const name = key ?? keyOf(event) ?? ''
        if (version !== undefined) versions.set(name, Math.max(version, versions.get(name) ?? version))
      }
    }
    return versions
  }
}
