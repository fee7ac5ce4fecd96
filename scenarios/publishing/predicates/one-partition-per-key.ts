import { counterexample, held, placeOf, violated } from '../../../proof/findings.ts'
import type { PublishedRecord } from '../../../proof/history/topic-log.ts'
import type { Predicate } from '../../../proof/predicate.ts'
import type { PublisherView } from '../view/publisher-view.ts'

/**
 * OR2. All records of an aggregate lie in one partition, under a key.
 *
 * What can violate it: no key, a random key, the row's id as the key.
 * How it is seen: the aggregate of the committed row against the partition of its records. A record without a key
 * hops by chance, so it is a violation also where chance was kind.
 */
export const onePartitionPerKey: Predicate<PublisherView> = {
  id: 'OR2',
  promise: 'an aggregate stays in one partition',
  names: ['partition-hop'],
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
        const says = `the record of ${key} at ${placeOf(published)} has no key`
        return violated(
          this.id,
          'partition-hop',
          counterexample(says, [expected?.tx.event.seq, record.seq], subject),
        )
      }
      if (home === undefined || home.record.partition === record.partition) continue
      const says = `${key} is at ${placeOf(home)} under key ${home.record.key} and at ${placeOf(published)} under key ${record.key}`
      return violated(this.id, 'partition-hop', counterexample(says, [home.record.seq, record.seq], subject))
    }
    return held(this.id, judged)
  },
}
