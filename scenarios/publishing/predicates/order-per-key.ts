import { counterexample, held, nameOf, placeOf, subjectOf, violated } from '../../../proof/findings.ts'
import { mutated } from '../../../proof/mutation.ts'
import { copiesOf } from '../mutations/records.ts'
import { predicate } from '../predicate.ts'
import { neverAgain } from '../view/about.ts'
import type { ExpectedEvent, PublishedRecord } from '../view/expected-event.ts'
import { pendingIn } from '../view/pending.ts'
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
 * clock instead of the commit, a relay that looks at what it is told of and not at what waits.
 * How it is seen: commit LSNs against the offsets of each event's first copy. Later copies may repeat old news; what
 * one transaction committed has no order; another partition is OR2's matter. An event that still waits behind a later
 * one of its key comes out of order, or never: that needs no bound in time.
 */
export const orderPerKey = predicate({
  id: 'OR1',
  title: 'order',
  claim: 'events of one order keep their order',
  promise: 'Events of a key are on the log in the order in which they were committed.',
  formal:
    "per key: order of commits = order of first records, and none waits behind a later one (skipped for `order: 'none'`)",
  controls: ['P1'],
  violations: {
    'key-inversion': {},
  },
  undeclared: (view) => (view.plan.publisher.order === 'none' ? 'no order is declared' : neverAgain(view)),
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
    const passed = passedOver(view)
    if (passed !== undefined) {
      const { event, later, record } = passed
      const says = `${nameOf(event)}, committed at ${event.tx.commitLsn}, is still to be published, and ${nameOf(later)}, committed at ${later.tx.commitLsn}, is at ${placeOf(record)}`
      const seqs = [event.tx.event.seq, later.tx.event.seq, record.record.seq, view.coverage.endSeqs.at(-1)]
      return violated(this.id, 'key-inversion', counterexample(says, seqs, subjectOf(event)))
    }
    return held(this.id, judged)
  },
  /** Two events of an aggregate change places. */
  mutation: {
    says: 'swap two events of an aggregate',
    applies: (view) => view.plan.publisher.order === 'per-key' && neverAgain(view) === undefined,
    apply(view) {
      const earlier = new Map<string, [ExpectedEvent, PublishedRecord]>()
      for (const event of view.expectedEvents()) {
        const b = event.records[0]
        if (b === undefined || b.expected !== event || event.key === undefined) continue
        const [first, a] = earlier.get(event.key) ?? []
        const apart = a?.record.partition === b.record.partition && a.record.offset !== b.record.offset
        if (a !== undefined && apart && first?.tx !== event.tx) {
          return mutated(view.events, {
            without: [...copiesOf(view, a), ...copiesOf(view, b)].filter(
              (seq) => seq !== a.record.seq && seq !== b.record.seq,
            ),
            replaced: [
              { ...a.record, offset: b.record.offset, transactional: false },
              { ...b.record, offset: a.record.offset, transactional: false },
            ],
          })
        }
        earlier.set(event.key, [event, b])
      }
      return undefined
    },
  },
})

/** An event whose row still waits, and a later one of its key that is on the log. */
function passedOver(view: PublisherView) {
  const isPending = pendingIn(view)
  const last = new Map<string | undefined, ExpectedEvent>()
  for (const event of view.expectedEvents()) if (event.records.length > 0) last.set(event.key, event)
  for (const event of view.unpublished()) {
    const later = last.get(event.key)
    const record = later?.records[0]
    if (later === undefined || record === undefined || later.tx.commitLsn <= event.tx.commitLsn) continue
    if (event.key !== undefined && isPending(event) && view.coverage.logReadSince(record.record.seq))
      return { event, later, record }
  }
  return undefined
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
