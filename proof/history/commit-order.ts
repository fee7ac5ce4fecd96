import { placeIn } from './appended.ts'
import type { EventOf } from './event.ts'

/** Committed transactions in commit order, each once: an observer may deliver a commit again after it reconnected. */
export class CommitOrder {
  readonly all: EventOf<'pg.tx'>[] = []
  /** How often a commit came after one that lies behind it: whoever read on from the end has missed it. */
  disorders = 0

  add(tx: EventOf<'pg.tx'>): void {
    const { all } = this
    const last = all.at(-1)
    if (last === undefined || last.commitLsn < tx.commitLsn) {
      all.push(tx)
      return
    }
    const place = placeIn(all, tx.commitLsn, ({ commitLsn }) => commitLsn)
    if (all[place]?.commitLsn === tx.commitLsn) return
    all.splice(place, 0, tx)
    this.disorders++
  }
}
