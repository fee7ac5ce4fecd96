import type { Coverage } from '../history/coverage.ts'
import type { HistoryEvent } from '../history/event.ts'
import type { View } from '../history/view.ts'
import { type Guard, metUnless } from './guard.ts'

/** What a kind says of how far its observers have seen. */
export interface Seen {
  /** With the gaps of every observer. */
  readonly coverage: Coverage
  /** The database observer must have seen past this: what it is, its `seq`, and a commit's LSN. Absent where there is none. */
  readonly last?: { readonly what: string; readonly seq: number; readonly lsn?: number | undefined }
  /** What the other observers have not seen, in words. */
  readonly missing: readonly string[]
  /** What was seen, in words. */
  readonly says: string
}

/** Guard 6: the observers saw everything, and our own history is in order. */
export function observerComplete<V extends View>(seen: (view: V) => Seen): Guard<V> {
  return {
    id: 'observer',
    title: 'the observers saw everything',
    otherwise: 'INCONCLUSIVE',
    look({ view }) {
      const { coverage, last, missing, says } = seen(view)
      return metUnless(
        [
          ...coverage.gaps.map(({ observer, reason }) => `the ${observer} observer has a gap: ${reason}`),
          ...disorder(view.events),
          ...missing,
          ...unseen(coverage, last),
        ],
        last === undefined ? says : `${says}, the WAL to ${coverage.flushed?.lsn}`,
      )
    },
  }
}

/** Each event once, in order, on a clock that does not run back. */
function disorder(events: readonly HistoryEvent[]): string[] {
  let last = events[0]
  for (const event of events) {
    if (last === undefined || event === last) continue
    if (event.seq <= last.seq) return [`event ${event.seq} comes after ${last.seq}`]
    if (event.at < last.at) return [`the clock ran back at event ${event.seq}`]
    last = event
  }
  return []
}

function unseen({ flushed }: Coverage, last: Seen['last']): string[] {
  if (last === undefined) return []
  const { what, seq, lsn = 0 } = last
  if (flushed === undefined) return ['the database observer never said how far it has seen']
  if (flushed.seq < seq) return [`the database observer has not seen past ${what}`]
  return flushed.lsn < lsn ? ['the database observer has not seen past the last commit'] : []
}
