import type { Finding } from './finding.ts'
import { counterexample, held, more, placeOf, violated } from './findings.ts'
import type { EventOf } from './history/event.ts'
import type { LoggedRecord } from './history/topic-log.ts'

/**
 * PC2, of whoever stored these records or sent these requests: each carries a producer id. The record on the log is the
 * stronger observer, and comes first.
 */
export function anonymousProducer(
  records: readonly LoggedRecord[],
  requests: readonly EventOf<'k.client'>[],
): Finding {
  const stored = records.filter(({ record }) => record.producerId < 0)
  const [first] = stored
  if (first !== undefined) {
    const says = `the record at ${placeOf(first)} carries no producer id${more(stored.length)}`
    const { key } = first.record
    const subject = { ...(first.id && { eventId: first.id }), ...(key !== null && { key }) }
    return violated('PC2', 'not-idempotent', counterexample(says, [first.record.seq], subject))
  }
  const asked = requests.find(({ idempotent }) => !idempotent)
  if (asked === undefined) return held('PC2', records.length + requests.length)
  const says = `client ${asked.clientId} sent a batch without a producer id`
  return violated('PC2', 'not-idempotent', counterexample(says, [asked.seq], {}, 'B'))
}
