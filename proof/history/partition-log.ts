import { placeIn } from './appended.ts'
import type { EventOf } from './event.ts'
import type { LoggedRecord } from './logged-record.ts'

type Control = EventOf<'k.control'>

/** Offsets from `from` to `to` (exclusive) that hold nothing: compaction has taken it away, or it is an empty list. */
interface Removed {
  readonly from: number
  readonly to: number
}

/** One partition as it was read: each offset counts once. What is read again is known by its offset. */
export class PartitionLog<R extends LoggedRecord> {
  /** By offset. */
  readonly records: R[] = []
  readonly #controls: Control[] = []
  readonly #removed: Removed[] = []
  /** Records of Kafka transactions without an end marker, by producer. */
  readonly #open = new Map<number, R[]>()
  #last = -1
  #disorder = false
  /** Offsets that were read or removed. */
  read = 0

  /**
   * @param producer of a Kafka transaction: its end marker decides about the records
   * @returns false where this offset was read before
   */
  add(offset: number, records: readonly R[], producer: number | undefined): boolean {
    if (!this.#counts(offset)) return false
    if (records.length === 0) this.#removed.push({ from: offset, to: offset + 1 })
    if (!this.#disorder) for (const record of records) this.records.push(record)
    else this.records.splice(placeIn(this.records, offset, offsetOf), 0, ...records)
    if (producer === undefined) return true
    for (const record of records) this.#begin(record, producer)
    if (this.#disorder) this.#decideAgain()
    return true
  }

  /** @returns the records that it decided about; undefined where this offset was read before */
  addControl(control: Control): readonly R[] | undefined {
    if (!this.#counts(control.offset)) return undefined
    if (!this.#disorder) {
      this.#controls.push(control)
      return this.#decide(control)
    }
    this.#controls.splice(placeIn(this.#controls, control.offset, offsetOf), 0, control)
    this.#decideAgain()
    return []
  }

  addRemoved(from: number, to: number): void {
    for (let offset = from; offset < to; offset++) this.#counts(offset)
    this.#removed.push({ from, to })
  }

  /** The first record at an offset. */
  at(offset: number): R | undefined {
    const record = this.records[placeIn(this.records, offset, offsetOf)]
    return record !== undefined && offsetOf(record) === offset ? record : undefined
  }

  /** Whether something came before what had been read already, since this was asked last. */
  takeDisorder(): boolean {
    const disorder = this.#disorder
    this.#disorder = false
    return disorder
  }

  #counts(offset: number): boolean {
    if (offset > this.#last) this.#last = offset
    else if (this.#knows(offset)) return false
    else this.#disorder = true
    this.read++
    return true
  }

  #knows(offset: number): boolean {
    return (
      this.at(offset) !== undefined ||
      this.#controls[placeIn(this.#controls, offset, offsetOf)]?.offset === offset ||
      this.#removed.some(({ from, to }) => from <= offset && offset < to)
    )
  }

  #begin(record: R, producer: number): void {
    record.fate = 'open'
    record.visibleFrom = record.record.seq
    const same = this.#open.get(producer)
    if (same === undefined) this.#open.set(producer, [record])
    else same.push(record)
  }

  #decide({ producerId, outcome, seq }: Control): readonly R[] {
    const records = this.#open.get(producerId) ?? []
    for (const record of records) {
      record.fate = outcome === 'commit' ? 'visible' : 'aborted'
      record.visibleFrom = Math.max(record.record.seq, seq)
    }
    this.#open.delete(producerId)
    return records
  }

  /** From the first offset on: what came late may stand between a record and its end marker. */
  #decideAgain(): void {
    this.#open.clear()
    let next = 0
    for (const record of this.records) {
      for (; (this.#controls[next]?.offset ?? Number.POSITIVE_INFINITY) < offsetOf(record); next++)
        this.#decide(this.#controls[next] as Control)
      if (record.record.transactional) this.#begin(record, record.record.producerId)
    }
    for (; next < this.#controls.length; next++) this.#decide(this.#controls[next] as Control)
  }
}

function offsetOf(at: LoggedRecord | Control): number {
  return 'record' in at ? at.record.offset : at.offset
}
