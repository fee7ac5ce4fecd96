import { counterexample, held, nameOf, placeOf, violated } from '../../../proof/findings.ts'
import type { ExpectedEvent } from '../../../proof/history/expected-event.ts'
import type { PublishedRecord } from '../../../proof/history/topic-log.ts'
import type { Predicate } from '../../../proof/predicate.ts'
import type { PublisherView } from '../view/publisher-view.ts'

interface Progress {
  readonly partition: number
  lsn: number
  /** The furthest first copy of the transactions before `lsn`. */
  before: PublishedRecord | undefined
  /** The furthest first copy so far. */
  furthest: PublishedRecord
}

/**
 * OR1. Events of an aggregate appear in the order of their commits.
 *
 * What can violate it: relays that share an aggregate, retries with several sends in flight, order by an id or a
 * clock instead of the commit.
 * How it is seen: commit LSNs against the offsets of each event's first copy. Later copies may repeat old news; what
 * one transaction committed has no order; another partition is OR2's matter.
 */
export const orderPerKey: Predicate<PublisherView> = {
  id: 'OR1',
  promise: 'events of an aggregate keep the order of their commits',
  names: ['key-inversion'],
  undeclared: ({ plan }) => (plan.publisher.order === 'none' ? 'no order is declared' : undefined),
  check(view) {
    if (view.plan.publisher.order === 'none') return held(this.id, 0)
    const progress = new Map<string, Progress>()
    let judged = 0
    for (const event of view.expectedEvents()) {
      const record = event.records[0]
      const key = event.key ?? record?.record.key
      if (record === undefined || record.expected !== event || key === undefined || key === null) continue
      judged++
      const inverted = advance(progress, key, event, record)
      if (inverted?.expected === undefined) continue
      const says = `${nameOf(event)}, committed at ${event.tx.commitLsn}, is at ${placeOf(record)}, before what was committed earlier at ${inverted.expected.tx.commitLsn} (${placeOf(inverted)})`
      const seqs = [
        inverted.expected.tx.event.seq,
        event.tx.event.seq,
        record.record.seq,
        inverted.record.seq,
      ]
      return violated(
        this.id,
        'key-inversion',
        counterexample(says, seqs, { ...(event.id && { eventId: event.id }), key }),
      )
    }
    return held(this.id, judged)
  },
}

/** Returns the record of an earlier commit that lies behind this one. */
function advance(
  progress: Map<string, Progress>,
  key: string,
  { tx }: ExpectedEvent,
  record: PublishedRecord,
): PublishedRecord | undefined {
  const known = progress.get(key)
  const { partition } = record.record
  if (known === undefined) {
    progress.set(key, { partition, lsn: tx.commitLsn, before: undefined, furthest: record })
    return undefined
  }
  if (known.partition !== partition) return undefined
  if (tx.commitLsn !== known.lsn) {
    known.before = known.furthest
    known.lsn = tx.commitLsn
  }
  if (known.before !== undefined && liesBehind(known.before, record)) return known.before
  if (liesBehind(record, known.furthest)) known.furthest = record
  return undefined
}

/** By offset; by their order where one record holds both. */
function liesBehind(a: PublishedRecord, b: PublishedRecord): boolean {
  return a.record.offset === b.record.offset
    ? (a.index ?? 0) > (b.index ?? 0)
    : a.record.offset > b.record.offset
}
