import type { EventOf } from '../../../proof/history/event.ts'
import type { ExpectedEvent, PublishedRecord } from './expected-event.ts'

/** What is read of a view. */
interface Compactable {
  /** What compaction took away before it was read; empty where none is declared. */
  readonly removed: readonly EventOf<'k.removed'>[]
  expectedEvents(): readonly ExpectedEvent[]
}

/**
 * Whether the record of an event that is absent may have been compacted away before anybody read it: offsets were removed
 * before the record of a later event of its key. The last record of a key is never removed.
 */
export function maybeCompacted({ key, tx }: ExpectedEvent, view: Compactable): boolean {
  if (view.removed.length === 0 || key === undefined) return false
  const behind = ({ record }: PublishedRecord) =>
    view.removed.some(({ partition, from }) => partition === record.partition && from < record.offset)
  return view
    .expectedEvents()
    .some((other) => other.key === key && other.tx.commitLsn > tx.commitLsn && other.records.some(behind))
}
