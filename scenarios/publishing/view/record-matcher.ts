import { inserted, NONE } from '../../../proof/history/appended.ts'
import { amountsIn, announced, carries, parsed } from '../../../proof/history/json-content.ts'
import type { LogNews } from '../../../proof/history/topic-log.ts'
import type { Expectation } from './expectation.ts'
import type { ExpectedEvent, PublishedRecord } from './expected-event.ts'

/**
 * Finds the committed event that a record announces: by its id, or, where no committed event has that id, by its
 * content: the amount is unique per command, so a value that contains it announces that change.
 *
 * What an id says stays so, whatever comes later. What content says may change with every event and every record: it
 * is matched again whenever something is new.
 */
export class RecordMatcher {
  readonly #expectation: Expectation
  readonly #byAmount = new Map<string, ExpectedEvent[]>()
  readonly #byKey = new Map<string, ExpectedEvent[]>()
  readonly #byPayload = new Map<string, ExpectedEvent[]>()
  /** Events that those three know. */
  #grouped = 0
  /** Records that no id explains. */
  #strangers: PublishedRecord[] = []
  #adopting: ExpectedEvent[] = []

  constructor(expectation: Expectation) {
    this.#expectation = expectation
  }

  match({ read, decided }: LogNews<PublishedRecord>): void {
    this.#forgetContent()
    for (const record of decided) {
      if (record.matchedBy === 'id' && record.fate === 'visible') announce(record.expected, record)
    }
    const unknown = this.#strangers.filter((record) => !this.#byId(record))
    for (const record of read) if (!this.#byId(record)) unknown.push(record)
    this.#strangers = unknown.sort(byPlace)
    for (const record of unknown) {
      const event = this.#byContent(record)
      if (event === undefined) continue
      record.expected = event
      record.matchedBy = 'content'
      if (record.fate === 'visible') announce(event, record)
    }
    this.#adoptSplit()
  }

  #byId(record: PublishedRecord): boolean {
    const event = record.id === undefined ? undefined : this.#expectation.byId.get(record.id)
    if (event === undefined) return false
    record.expected = event
    record.matchedBy = 'id'
    if (record.fate === 'visible') announce(event, record)
    return true
  }

  #forgetContent(): void {
    for (const event of this.#adopting) event.records = NONE
    this.#adopting = []
    for (const record of this.#strangers) {
      const { expected } = record
      if (expected !== undefined) expected.records = expected.records.filter((one) => one !== record)
      record.expected = undefined
      record.matchedBy = undefined
    }
  }

  /** A change whose outbox row came in another transaction is announced by that row's record. */
  #adoptSplit(): void {
    for (const event of this.#expectation.unannounced) {
      if (event.records.length > 0) continue
      const { byAmount, byKey } = this.#groups()
      // What says no amount of its own may have got one from its change, behind the time at which it was grouped.
      const ofKey = (byKey.get(event.key ?? '') ?? []).filter(({ amount }) => amount === event.amount)
      const others = [...new Set([...(byAmount.get(event.amount ?? '') ?? []), ...ofKey])]
      const records = others.flatMap((other) => (other.source === 'state' ? [] : other.records))
      if (records.length === 0) continue
      event.records = records
      this.#adopting.push(event)
    }
  }

  #byContent({ record }: PublishedRecord): ExpectedEvent | undefined {
    const { byAmount, byKey, byPayload } = this.#groups()
    // Also what nobody can read, where a relay passes it on as it is.
    const exact = record.value === null ? undefined : byPayload.get(record.value)
    if (exact !== undefined) return exact.find(({ key }) => key === record.key) ?? exact[0]
    const value = announced(parsed(record.value))
    if (value === undefined) return undefined
    const keys = this.#keysOf(record.key)
    const knownKey = keys.some((key) => byKey.has(key))
    let latest: ExpectedEvent | undefined
    for (const amount of amountsIn(value)) {
      for (const event of byAmount.get(amount) ?? []) {
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
      const same = this.#groups()
        .byKey.get(key)
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

  /** The events so far, by what content can say of them. */
  #groups() {
    const [byAmount, byKey, byPayload] = [this.#byAmount, this.#byKey, this.#byPayload]
    const { events } = this.#expectation
    for (; this.#grouped < events.length; this.#grouped++) {
      const event = events[this.#grouped] as ExpectedEvent
      join(byAmount, event.amount, event)
      join(byKey, event.key, event)
      join(byPayload, event.payload ?? undefined, event)
    }
    return { byAmount, byKey, byPayload }
  }
}

function join(groups: Map<string, ExpectedEvent[]>, name: string | undefined, event: ExpectedEvent): void {
  if (name === undefined) return
  const same = groups.get(name)
  if (same === undefined) groups.set(name, [event])
  else same.push(event)
}

function announce(event: ExpectedEvent | undefined, record: PublishedRecord): void {
  if (event !== undefined) event.records = inserted(event.records, record, byPlace)
}

function byPlace(a: PublishedRecord, b: PublishedRecord): number {
  return (
    a.record.partition - b.record.partition ||
    a.record.offset - b.record.offset ||
    (a.index ?? 0) - (b.index ?? 0)
  )
}
