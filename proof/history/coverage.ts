import type { EventOf, HistoryEvent } from './event.ts'
import type { TopicLog } from './topic-log.ts'

/** How much of the truth the observers have seen: what "absent" may be concluded from. */
export class Coverage {
  readonly #topic: string
  readonly gaps: EventOf<'observer.gap'>[] = []
  /** The last reading to the end of each partition. */
  readonly ends = new Map<number, EventOf<'k.end'>>()
  flushed: EventOf<'pg.flushed'> | undefined
  /** As a fact `topic.partitions` says. */
  #partitions: { readonly count: number; readonly seq: number } | undefined
  readonly #log: Pick<TopicLog, 'read' | 'version'> | undefined
  #holes: readonly string[] | undefined
  /** The version of the log that the holes are of. */
  #of = 0

  /** @param log what was read of the topic, where its records are asked for */
  constructor(topic: string, log?: Pick<TopicLog, 'read' | 'version'>) {
    this.#topic = topic
    this.#log = log
  }

  add(event: HistoryEvent): void {
    this.#holes = undefined
    if (event.kind === 'pg.flushed') this.flushed = event
    else if (event.kind === 'observer.gap') this.gaps.push(event)
    else if (event.kind === 'k.end') {
      if (event.topic === this.#topic) this.ends.set(event.partition, event)
    } else if (event.kind === 'fact' && event.name === 'topic.partitions' && event.subject === this.#topic) {
      this.#partitions = { count: event.value, seq: event.seq }
    }
  }

  /** How many the topic has, and where that was said. */
  get partitions(): { readonly count: number; readonly seq: number } | undefined {
    return this.#partitions
  }

  /** What is missing of the log: no record may be called absent then. */
  get holes(): readonly string[] {
    if (this.#log === undefined) return []
    if (this.#holes === undefined || this.#of !== this.#log.version) {
      this.#holes = this.#holesIn(this.#log.read)
      this.#of = this.#log.version
    }
    return this.#holes
  }

  /** The database observer has shown every commit that was made before `seq` was recorded. */
  databaseSeenSince(seq: number): boolean {
    return this.gaps.length === 0 && this.flushed !== undefined && this.flushed.seq > seq
  }

  /** The log observer has read every partition to its end, without a hole, after `seq` was recorded. */
  logReadSince(seq: number): boolean {
    if (this.ends.size === 0 || this.holes.length > 0 || this.gaps.length > 0) return false
    for (const end of this.ends.values()) if (end.seq <= seq) return false
    return true
  }

  /** `seq` of the readings to the end, for a counterexample of absence. */
  get endSeqs(): number[] {
    return [...this.ends.values()].map(({ seq }) => seq).sort((a, b) => a - b)
  }

  /** @param read how many offsets were read of each partition: records and end markers of Kafka transactions */
  #holesIn(read: ReadonlyMap<number, number>): readonly string[] {
    const holes: string[] = []
    for (const [partition, { from, end }] of this.ends) {
      const count = read.get(partition) ?? 0
      if (from > 0) holes.push(`partition ${partition} was read from ${from} on`)
      else if (count < end)
        holes.push(`partition ${partition}: ${end - count} of ${end} offsets were not read`)
    }
    for (const partition of read.keys()) {
      if (!this.ends.has(partition)) holes.push(`partition ${partition} was not read to its end`)
    }
    const missing = (this.#partitions?.count ?? 1) - this.ends.size
    if (missing > 0) holes.push(`${missing} partitions of ${this.#topic} were not read to their end`)
    return holes
  }
}
