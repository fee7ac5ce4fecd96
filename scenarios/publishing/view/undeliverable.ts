import type { Disturbances } from '../../../proof/history/disturbances.ts'
import type { EventOf, HistoryEvent } from '../../../proof/history/event.ts'
import { factsOf } from '../../../proof/history/recorded-fact.ts'

interface Seen {
  readonly facts: readonly EventOf<'fact'>[]
  readonly events: readonly HistoryEvent[]
  readonly disturbances: Disturbances
}

/** Keys and event ids that can not be published, as far as they are known. */
export class Undeliverable {
  #names: ReadonlySet<string> = new Set()
  /** How many events of the history were read for that. */
  #of = -1

  /** @param keyOf the aggregate of an event or a command by this name */
  namesIn(
    { facts, events, disturbances }: Seen,
    keyOf: (name: string) => string | undefined,
  ): ReadonlySet<string> {
    if (this.#of === events.length) return this.#names
    const named = [
      ...factsOf(facts, 'undeliverable').map(({ subject }) => subject),
      ...disturbances.faults.filter(({ lasting }) => lasting).map(({ target }) => target),
    ]
    this.#names = new Set([...named, ...named.map((name) => keyOf(name) ?? name)])
    this.#of = events.length
    return this.#names
  }
}
