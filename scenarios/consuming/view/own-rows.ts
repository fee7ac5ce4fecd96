import type { RowChange } from '../../../proof/history/event.ts'
import type { ConsumerDeclaration } from '../plan.ts'

/**
 * Which rows of the effect table are one event's own: it inserted them, and what it writes there later says how far it is
 * and writes over nobody. A row that another event has written over belongs to its key from then on.
 */
export class OwnRows {
  /** The column that names the event. */
  readonly #name: string | undefined
  readonly #key: string
  /** By key: what inserted a row. */
  readonly #inserted = new Map<string, Set<string>>()
  /** Keys whose row is written over. */
  readonly #shared = new Set<string>()

  constructor({ eventId, amount, key = '' }: ConsumerDeclaration['effects']) {
    this.#name = eventId ?? amount
    this.#key = key
  }

  /** To be asked in commit order, once for each row. @returns the id or amount whose own row it is, after this write */
  ownerOf({ op, after }: RowChange): string | undefined {
    const id = this.#name === undefined ? undefined : after?.[this.#name]
    if (id === null || id === undefined) return undefined
    const key = after?.[this.#key] ?? ''
    const inserted = this.#inserted.get(key) ?? new Set()
    this.#inserted.set(key, inserted)
    if (op === 'insert') {
      inserted.add(id)
      return id
    }
    if (!inserted.has(id)) this.#shared.add(key)
    return this.#shared.has(key) ? undefined : id
  }
}
