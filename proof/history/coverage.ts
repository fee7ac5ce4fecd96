import type { EventOf, HistoryEvent } from './event.ts'

/** How much of the truth the witnesses have seen: what "absent" may be concluded from. */
export class Coverage {
  readonly #topic: string
  readonly gaps: EventOf<'witness.gap'>[] = []
  readonly ends = new Map<number, EventOf<'k.end'>>()
  flushed: EventOf<'pg.flushed'> | undefined

  constructor(topic: string) {
    this.#topic = topic
  }

  add(event: HistoryEvent): void {
    if (event.kind === 'pg.flushed') this.flushed = event
    else if (event.kind === 'witness.gap') this.gaps.push(event)
    else if (event.kind === 'k.end' && event.topic === this.#topic) this.ends.set(event.partition, event)
  }

  /** The database witness has shown every commit that was made before `seq` was recorded. */
  databaseSeenSince(seq: number): boolean {
    return this.flushed !== undefined && this.flushed.seq > seq
  }

  /** The log witness has read every partition to its end after `seq` was recorded. */
  logReadSince(seq: number): boolean {
    if (this.ends.size === 0) return false
    for (const end of this.ends.values()) if (end.seq <= seq) return false
    return true
  }

  /** `seq` of the readings to the end, for a witness of absence. */
  get endSeqs(): number[] {
    return [...this.ends.values()].map(({ seq }) => seq).sort((a, b) => a - b)
  }
}
