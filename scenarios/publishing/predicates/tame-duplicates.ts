import { counterexample, held, nameOf, placeOf, subjectOf, violated } from '../../../proof/findings.ts'
import { placeIn } from '../../../proof/history/appended.ts'
import { announced, parsed, sameJson } from '../../../proof/history/json-content.ts'
import { LATE } from '../../../proof/history/observed.ts'
import { tampered } from '../../../proof/mutated-records.ts'
import { mutated } from '../../../proof/mutation.ts'
import { endOf } from '../mutations/records.ts'
import { predicate } from '../predicate.ts'
import type { ExpectedEvent, PublishedRecord } from '../view/expected-event.ts'
import type { PublisherView } from '../view/publisher-view.ts'

/**
 * OA6. Copies of an event are identical, carry one id, and there are no more of them than faults and restarts explain.
 *
 * What can violate it: a new id at each attempt (`unstable-id`), one id for several events (`reused-id`), a copy that
 * is built again (`divergent-duplicate`), relays that do not claim what they publish (`duplicate-storm`).
 * At-least-once copies are no violation, unless the publisher declares that there are none (`duplicate`).
 */
export const tameDuplicates = predicate({
  id: 'OA6',
  title: 'duplicates tame',
  claim: 'copies of an event are identical',
  promise:
    'Copies of an event agree on id, key, partition and payload, and there are no more of them than faults explain.',
  formal:
    'copies agree on id, key and payload, and those with a key on the partition, where order is per key; no more copies than faults and restarts explain',
  controls: ['P1'],
  violations: {
    'divergent-duplicate': {},
    'unstable-id': { controls: ['P1', 'P2'] },
    'reused-id': { means: 'one id names two events', controls: ['P1', 'P2'] },
    'duplicate-storm': {},
    duplicate: { means: "where `duplicates: 'never'` is declared" },
  },
  check(view) {
    const reused = reusedId(view)
    if (reused !== undefined) return reused
    let judged = 0
    for (const event of view.expectedEvents()) {
      const first = event.records[0]
      if (first === undefined || first.expected !== event) continue
      judged++
      if (event.records.length === 1) continue
      const finding = difference(event, first, view) ?? excess(event, view)
      if (finding !== undefined) return finding
    }
    return held(this.id, judged)
  },
  /** A second copy comes with another id, or, where the id is not a header, with another value. */
  mutation: {
    says: 'add a copy of an event with another id or value',
    names: ['unstable-id', 'divergent-duplicate'],
    apply(view) {
      const { eventId } = view.plan.publisher
      const event = view
        .expectedEvents()
        .find(({ records }) => records[0]?.matchedBy !== undefined && records[0].record.value !== null)
      const first = event?.records[0]
      if (event === undefined || first?.expected !== event) return undefined
      const { record } = first
      const name =
        'header' in eventId
          ? Object.keys(record.headers).find((one) => one.toLowerCase() === eventId.header.toLowerCase())
          : undefined
      const says = event.payload !== undefined || event.amount !== undefined
      const recognisable = says && parsed(record.value) !== undefined
      const copy = {
        ...record,
        seq: record.seq + 0.5,
        offset: endOf(view, record.partition),
        transactional: false,
        ...(name !== undefined && recognisable
          ? { headers: { ...record.headers, [name]: `${record.headers[name]}-mutated` } }
          : { value: tampered(record.value) }),
      }
      return mutated(view.events, { added: [copy] })
    },
  },
})

function difference(event: ExpectedEvent, first: PublishedRecord, { plan }: PublisherView) {
  for (const copy of event.records) {
    const differs = (what: string, name: string) => {
      const says = `${nameOf(event)} is at ${placeOf(first)} and at ${placeOf(copy)} with ${what}`
      const seqs = [event.tx.event.seq, first.record.seq, copy.record.seq]
      return violated('OA6', name, counterexample(says, seqs, subjectOf(event)))
    }
    if (copy.id !== first.id && copy.id !== undefined && first.id !== undefined)
      return differs('another id', 'unstable-id')
    if (copy.record.key !== first.record.key) return differs('another key', 'divergent-duplicate')
    // What has no key, or needs no order, goes where its producer likes.
    const stays = copy.record.key !== null && plan.publisher.order !== 'none'
    if (stays && copy.record.partition !== first.record.partition)
      return differs('another partition', 'divergent-duplicate')
    if (!sameValue(copy, first)) return differs('another value', 'divergent-duplicate')
  }
  return undefined
}

function sameValue({ record: a }: PublishedRecord, { record: b }: PublishedRecord): boolean {
  if (a.value === b.value) return true
  const [one, other] = [parsed(a.value), parsed(b.value)]
  // Bytes that can't be read say the same only where they are the same.
  return one !== undefined && other !== undefined && sameJson(announced(one), announced(other))
}

/** Each fault, each gate and each restart between the commit and the last copy may have caused one more. */
function excess(event: ExpectedEvent, view: PublisherView) {
  const seqs = event.records.map(({ record }) => record.seq)
  const last = Math.max(...seqs)
  const copies = seqs.length
  if (view.plan.publisher.duplicates === 'never') {
    const says = `${nameOf(event)} is on the log ${copies} times, and the publisher declares that there are no duplicates`
    return violated('OA6', 'duplicate', counterexample(says, [event.tx.event.seq, ...seqs], subjectOf(event)))
  }
  const excuses = view.disturbances.excusesBetween(beganBy(event, view), last)
  if (copies <= 1 + excuses) return undefined
  const says = `${nameOf(event)} is on the log ${copies} times; faults and restarts explain ${1 + excuses}`
  return violated(
    'OA6',
    'duplicate-storm',
    counterexample(says, [event.tx.event.seq, ...seqs], subjectOf(event)),
  )
}

/** A commit and a record may be seen after a fault that followed them. */
function beganBy({ tx, records }: ExpectedEvent, { events }: PublisherView): number {
  const seen = [tx.event, ...records.map(({ record }) => record)]
  const at = Math.min(...seen.map((event) => event.at)) - LATE
  return events[placeIn(events, at, (event) => event.at)]?.seq ?? 0
}

/** One id on two committed events, or on records that announce different ones. */
function reusedId(view: PublisherView) {
  const [pair] = view.reusedIds
  if (pair !== undefined) return reuse(pair[0], pair[1], pair[0].id, [])
  const owners = new Map<string, PublishedRecord>()
  for (const record of view.records) {
    if (record.matchedBy !== 'content' || record.id === undefined || record.fate !== 'visible') continue
    const owner = owners.get(record.id)
    if (owner === undefined) owners.set(record.id, record)
    else if (
      owner.expected !== record.expected &&
      owner.expected !== undefined &&
      record.expected !== undefined
    ) {
      return reuse(owner.expected, record.expected, record.id, [owner.record.seq, record.record.seq])
    }
  }
  return undefined
}

function reuse(a: ExpectedEvent, b: ExpectedEvent, id: string | undefined, records: readonly number[]) {
  const says = `id ${id} names two events: the commits at ${a.tx.commitLsn} and ${b.tx.commitLsn}`
  return violated(
    'OA6',
    'reused-id',
    counterexample(says, [a.tx.event.seq, b.tx.event.seq, ...records], subjectOf(b)),
  )
}
