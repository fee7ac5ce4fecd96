import type { Mutable } from '../../../core/mutable.ts'
import type { ExpectedEvent } from './expected-event.ts'

/**
 * Changes and events of transactions of their own. Where the event does not say of which change it tells (no payload is
 * declared, or it has no amount), they belong together by their aggregate, in the order of their commits.
 */
export class Apart {
  readonly #changes = new Map<string, ExpectedEvent[]>()
  readonly #events = new Map<string, Mutable<ExpectedEvent>[]>()

  /** One that no event in its transaction tells of, or one that tells of no change in its own. */
  add(event: Mutable<ExpectedEvent>): void {
    const { key } = event
    if (key === undefined) return
    if (event.source === 'state') {
      const told = this.#events.get(key)?.shift()
      if (told === undefined) waiting(this.#changes, key, event)
      else told.amount = event.amount
    } else if (event.amount === undefined && event.tx.changes.length === 0) {
      const change = this.#changes.get(key)?.shift()
      if (change === undefined) waiting(this.#events, key, event)
      else event.amount = change.amount
    }
  }
}

function waiting<T>(by: Map<string, T[]>, key: string, one: T): void {
  const others = by.get(key)
  if (others === undefined) by.set(key, [one])
  else others.push(one)
}
