import type { EventOf } from './event.ts'

/** `open`: its Kafka transaction has no end marker, so a reader of committed records does not see it. */
export type Fate = 'visible' | 'aborted' | 'open'

/** A record as it was read, and what became of it. */
export interface LoggedRecord {
  readonly record: EventOf<'k.record'>
  /** As declared; undefined where the record carries none. */
  readonly id: string | undefined
  /** Its place among the events of one record, from 0; undefined where a record is one event. */
  readonly index?: number
  fate: Fate
  /** `seq` from which on a reader of committed records could see it. */
  visibleFrom: number
}

interface PartitionEntry<R> {
  readonly offset: number
  readonly record?: R
  readonly control?: EventOf<'k.control'>
}

/** One topic as the log observer read it: each offset once, in order, with the outcome of Kafka transactions. */
export class TopicLog<R extends LoggedRecord = LoggedRecord> {
  readonly #partitions = new Map<number, PartitionEntry<R>[]>()
  /** Offsets that were read or removed, each counted once, by partition. Known when settled. */
  readonly read = new Map<number, number>()

  readonly #kept: (read: LoggedRecord) => R

  /** @param kept what is kept of each record: itself, with whatever else is to be known of it */
  constructor(kept: (read: LoggedRecord) => R) {
    this.#kept = kept
  }

  add(event: EventOf<'k.record'>, id: string | undefined): void {
    const record = this.#kept({ record: event, id, fate: 'visible', visibleFrom: event.seq })
    this.#push(event.partition, { offset: event.offset, record })
  }

  addControl(event: EventOf<'k.control'>): void {
    this.#push(event.partition, { offset: event.offset, control: event })
  }

  /** Offsets that compaction has taken away are accounted for, and hold nothing. */
  addRemoved({ partition, from, to }: EventOf<'k.removed'>): void {
    for (let offset = from; offset < to; offset++) this.#push(partition, { offset })
  }

  /** Sorts, leaves out what was read twice, and gives each transactional record its outcome. */
  settle(): readonly R[] {
    const result: R[] = []
    for (const [partition, entries] of [...this.#partitions].sort(([a], [b]) => a - b)) {
      if (
        !entries.every((entry, i) => i === 0 || (entries[i - 1] as PartitionEntry<R>).offset < entry.offset)
      ) {
        entries.sort((a, b) => a.offset - b.offset)
      }
      const open = new Map<number, R[]>()
      let last = -1
      let read = 0
      for (const { offset, record, control } of entries) {
        if (offset === last) continue
        last = offset
        read++
        if (control !== undefined) {
          for (const waiting of open.get(control.producerId) ?? []) {
            waiting.fate = control.outcome === 'commit' ? 'visible' : 'aborted'
            waiting.visibleFrom = Math.max(waiting.record.seq, control.seq)
          }
          open.delete(control.producerId)
        } else if (record !== undefined) {
          result.push(record)
          if (!record.record.transactional) continue
          record.fate = 'open'
          const same = open.get(record.record.producerId)
          if (same === undefined) open.set(record.record.producerId, [record])
          else same.push(record)
        }
      }
      this.read.set(partition, read)
    }
    return result
  }

  #push(partition: number, entry: PartitionEntry<R>): void {
    const entries = this.#partitions.get(partition)
    if (entries === undefined) this.#partitions.set(partition, [entry])
    else entries.push(entry)
  }
}
