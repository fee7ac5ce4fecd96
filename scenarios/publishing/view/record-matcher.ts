import { amountsIn, announced, carries, parsed } from '../../../proof/history/json-content.ts'
import type { Expectation } from './expectation.ts'
import type { ExpectedEvent, PublishedRecord } from './expected-event.ts'

/**
 * Finds the committed event that a record announces: by its id, or, where no committed event has that id, by its
 * content: the amount is unique per command, so a value that contains it announces that change.
 */
export class RecordMatcher {
  readonly #expectation: Expectation
  #byAmount: Map<string, ExpectedEvent[]> | undefined
  #byKey: Map<string, ExpectedEvent[]> | undefined
  #byPayload: Map<string, ExpectedEvent[]> | undefined

  constructor(expectation: Expectation) {
    this.#expectation = expectation
  }

  match(records: readonly PublishedRecord[]): void {
    for (const record of records) {
      const known = record.id === undefined ? undefined : this.#expectation.byId.get(record.id)
      const event = known ?? this.#byContent(record)
      if (event === undefined) continue
      record.expected = event
      record.matchedBy = known === undefined ? 'content' : 'id'
      if (record.fate === 'visible') event.records.push(record)
    }
    this.#adoptSplit()
  }

  /** A change whose outbox row came in another transaction is announced by that row's record. */
  #adoptSplit(): void {
    for (const event of this.#expectation.events) {
      if (event.source !== 'state' || event.amount === undefined || event.records.length > 0) continue
      for (const other of this.#amounts().get(event.amount) ?? []) {
        if (other.source !== 'state') event.records.push(...other.records)
      }
    }
  }

  #byContent({ record }: PublishedRecord): ExpectedEvent | undefined {
    const value = announced(parsed(record.value))
    if (value === undefined) return undefined
    const exact = record.value === null ? undefined : this.#payloads().get(record.value)
    if (exact !== undefined) return exact.find(({ key }) => key === record.key) ?? exact[0]
    const keys = this.#keysOf(record.key)
    const knownKey = keys.some((key) => this.#keys().has(key))
    let latest: ExpectedEvent | undefined
    for (const amount of amountsIn(value)) {
      for (const event of this.#amounts().get(amount) ?? []) {
        if (knownKey && (event.key === undefined || !keys.includes(event.key))) continue
        if (typeof event.payload === 'string' && carries(record.value, event.payload)) return event
        if (latest === undefined || event.tx.commitLsn >= latest.tx.commitLsn) latest = event
      }
    }
    return latest ?? this.#byKeyAlone(keys)
  }

  /** Changes of a table without a declared amount: the key is all there is. */
  #byKeyAlone(keys: readonly string[]): ExpectedEvent | undefined {
    for (const key of keys) {
      const same = this.#keys()
        .get(key)
        ?.filter(({ source, amount }) => source === 'state' && amount === undefined)
      if (same?.length) return same.find(({ records }) => records.length === 0) ?? same.at(-1)
    }
    return undefined
  }

  /** The key as it is, or the values in it where it is JSON (a struct of the primary key). */
  #keysOf(key: string | null): string[] {
    if (key === null) return []
    const value = announced(parsed(key))
    if (typeof value === 'string') return [key, value]
    if (typeof value !== 'object' || value === null) return [key]
    return [key, ...Object.values(value).map(String)]
  }

  #amounts(): Map<string, ExpectedEvent[]> {
    this.#byAmount ??= group(this.#expectation.events, ({ amount }) => amount)
    return this.#byAmount
  }

  #keys(): Map<string, ExpectedEvent[]> {
    this.#byKey ??= group(this.#expectation.events, ({ key }) => key)
    return this.#byKey
  }

  #payloads(): Map<string, ExpectedEvent[]> {
    this.#byPayload ??= group(this.#expectation.events, ({ payload }) => payload ?? undefined)
    return this.#byPayload
  }
}

function group(
  events: readonly ExpectedEvent[],
  by: (event: ExpectedEvent) => string | undefined,
): Map<string, ExpectedEvent[]> {
  const groups = new Map<string, ExpectedEvent[]>()
  for (const event of events) {
    const name = by(event)
    if (name === undefined) continue
    const same = groups.get(name)
    if (same === undefined) groups.set(name, [event])
    else same.push(event)
  }
  return groups
}
