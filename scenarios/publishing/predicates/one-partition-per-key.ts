import { counterexample, held, placeOf, violated } from '../../../proof/findings.ts'
import type { EventOf } from '../../../proof/history/event.ts'
import { mutated } from '../../../proof/mutation.ts'
import { endOf } from '../mutations/records.ts'
import { predicate } from '../predicate.ts'
import type { PublishedRecord } from '../view/expected-event.ts'

/**
 * OR2. All records of an aggregate lie in one partition, under a key.
 *
 * What can violate it: a random key, the row's id as the key; no key (`no-key`).
 * How it is seen: the aggregate of the committed row against the partition of its records. A record without a key
 * goes where its producer likes, so it is a violation also where chance was kind.
 */
export const onePartitionPerKey = predicate({
  id: 'OR2',
  title: 'one partition',
  claim: 'events of one order share a partition',
  promise: 'Events of a key stay on one partition.',
  formal: 'a key stays on one partition',
  controls: ['P1'],
  violations: {
    'partition-hop': {},
    'no-key': {
      means:
        "a record without a key goes to any partition: send it under the key of its aggregate, or declare `order: 'none'`",
    },
  },
  undeclared: ({ plan }) => (plan.publisher.order === 'none' ? 'no order is declared' : undefined),
  check(view) {
    if (view.plan.publisher.order === 'none') return held(this.id, 0)
    const homes = new Map<string, PublishedRecord>()
    let judged = 0
    for (const published of view.records) {
      const { record, expected, fate } = published
      const key = expected?.key ?? record.key
      if (fate !== 'visible' || key === null || key === undefined) continue
      judged++
      const home = homes.get(key)
      if (home === undefined) homes.set(key, published)
      const subject = { ...(published.id && { eventId: published.id }), key }
      if (record.key === null) {
        const says = `the record of ${key} at ${placeOf(published)} has no key, so that nothing keeps the order of ${key}. What to do: send it under the key of its aggregate, or say order: 'none' of the publisher where no reader needs an order`
        const seqs = [expected?.tx.event.seq, record.seq]
        return violated(this.id, 'no-key', counterexample(says, seqs, subject))
      }
      if (home === undefined || home.record.partition === record.partition) continue
      const says = `${key} is at ${placeOf(home)} under key ${home.record.key} and at ${placeOf(published)} under key ${record.key}`
      return violated(this.id, 'partition-hop', counterexample(says, [home.record.seq, record.seq], subject))
    }
    return held(this.id, judged)
  },
  /** A record of an aggregate lies in another partition than its sister, or under no key where it has none. */
  mutation: {
    says: 'move a record of an aggregate to another partition',
    applies: (view) => view.plan.publisher.order === 'per-key',
    apply(view) {
      const homes = new Map<string, EventOf<'k.record'>>()
      let any: EventOf<'k.record'> | undefined
      for (const { record, expected, fate } of view.records) {
        const key = expected?.key ?? record.key
        if (fate !== 'visible' || key === undefined || key === null) continue
        if (homes.has(key)) {
          const partition = record.partition + 1
          const moved = { ...record, partition, offset: endOf(view, partition), transactional: false }
          return mutated(view.events, { replaced: [moved] })
        }
        homes.set(key, record)
        if (expected?.key !== undefined) any ??= record
      }
      return any && mutated(view.events, { replaced: [{ ...any, key: null }] })
    },
  },
})
