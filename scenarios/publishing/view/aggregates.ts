import { formsOf } from '../../../core/key-form.ts'

interface Named {
  readonly key: string
  /** `seq` of the event that says so. */
  readonly since: number
}

/**
 * How the service calls the aggregates that the load names. It takes our key for its id, as it is or in another form; or
 * it makes an id of its own, one or several under a key: then a row with a command's amount tells it, or the answer.
 */
export class Aggregates {
  /** By what was asked and answered, which stays so. */
  readonly #told = new Map<string, Named>()
  /** By what was committed. */
  readonly #committed = new Map<string, string>()
  readonly #ids = new Map<string, Set<string>>()
  readonly #existing = new Map<string, string>()
  readonly #ended = new Set<string>()

  /** The load uses this key. */
  asked(key: string, since: number): void {
    if (this.#told.get(key)?.key === key) return
    for (const id of formsOf(key)) this.#tell(id, key, since)
  }

  /** The service answered with this id. */
  answered(id: string, key: string, since: number): void {
    if (!this.#told.has(id)) this.#tell(id, key, since)
    this.#exists(id, key)
  }

  /** A committed row has this id, and what tells which command it belongs to. */
  committed(id: string, key: string): void {
    if (!this.#told.has(id) && !this.#committed.has(id)) {
      this.#committed.set(id, key)
      this.#add(id, key)
    }
    this.#exists(id, key)
  }

  /** Transactions will be told from the first one on. */
  uncommit(): void {
    for (const [id, key] of this.#committed) if (!this.#told.has(id)) this.#ids.get(key)?.delete(id)
    this.#committed.clear()
  }

  /** What we call the aggregate with this id. @param before as far as the history said until there */
  nameOf(id: string | undefined | null, before = Number.POSITIVE_INFINITY): string | undefined {
    if (id === undefined || id === null) return undefined
    const told = this.#told.get(id)
    return told !== undefined && told.since < before ? told.key : this.#committed.get(id)
  }

  /** Every id that is known for a key of ours; the key itself and its forms are among them. */
  idsOf(key: string): ReadonlySet<string> {
    return this.#ids.get(key) ?? new Set(formsOf(key))
  }

  /** The id by which a key's aggregate can be changed again: that of the first one that exists and takes changes. */
  idOf(key: string): string | undefined {
    return this.#existing.get(key)
  }

  /** The service refused to change the aggregate with this id: it is closed, or gone. */
  ended(id: string, key: string): void {
    this.#ended.add(id)
    if (this.#existing.get(key) === id) this.#existing.delete(key)
  }

  #exists(id: string, key: string): void {
    if (!this.#existing.has(key) && !this.#ended.has(id)) this.#existing.set(key, id)
  }

  #tell(id: string, key: string, since: number): void {
    this.#told.set(id, { key, since })
    this.#add(id, key)
  }

  #add(id: string, key: string): void {
    const same = this.#ids.get(key)
    if (same === undefined) this.#ids.set(key, new Set([id]))
    else same.add(id)
  }
}
