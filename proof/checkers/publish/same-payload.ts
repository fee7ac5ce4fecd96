import { header } from '../../history/event-id.ts'
import type { ExpectedEvent } from '../../history/expected-event.ts'
import { amountsIn, announced, carries, parsed } from '../../history/json-content.ts'
import type { PublisherView } from '../../history/publisher-view.ts'
import type { PublishedRecord } from '../../history/topic-log.ts'
import type { Checker } from '../checker.ts'
import { held, nameOf, placeOf, subjectOf, violated, witness } from '../findings.ts'

/**
 * OA4. A record says what its transaction committed: the payload, and the headers that are declared.
 *
 * What can violate it: an event built from the request, a payload read again when it is published (`stale-payload`:
 * it tells of another commit of the same aggregate), a relay that drops headers.
 * How it is seen: the payload column against the record's value, as JSON; further headers, another header case and
 * an envelope around the payload are no difference. What is not JSON (Avro) is not judged here.
 */
export const samePayload: Checker<PublisherView> = {
  id: 'OA4',
  promise: 'a record says what was committed',
  names: ['payload-divergence', 'stale-payload', 'missing-header'],
  check(view) {
    let judged = 0
    for (const event of view.expectedEvents()) {
      if (event.source === 'state') continue
      for (const record of event.records) {
        judged++
        if (event.payload !== undefined && carries(record.record.value, event.payload) === false) {
          return divergence(event, record, view)
        }
        const missing = missingHeader(event, record, view)
        if (missing !== undefined) {
          const says = `the record of ${nameOf(event)} at ${placeOf(record)} has no header ${missing}`
          return violated(
            this.id,
            'missing-header',
            witness(says, [event.tx.event.seq, record.record.seq], subjectOf(event)),
          )
        }
      }
    }
    return held(this.id, judged)
  },
}

function divergence(event: ExpectedEvent, record: PublishedRecord, view: PublisherView) {
  const { value } = record.record
  const amounts = amountsIn(announced(parsed(value)))
  const saysOwn = event.amount !== undefined && amounts.has(event.amount)
  const other = view
    .expectedEvents()
    .find(
      (one) =>
        one !== event &&
        one.key === event.key &&
        ((typeof one.payload === 'string' && carries(value, one.payload) === true) ||
          (!saysOwn && one.amount !== undefined && one.amount !== event.amount && amounts.has(one.amount))),
    )
  const seqs = [event.tx.event.seq, other?.tx.event.seq, record.record.seq]
  const says =
    other === undefined
      ? `the record of ${nameOf(event)} at ${placeOf(record)} does not say what was committed`
      : `the record of ${nameOf(event)} at ${placeOf(record)} tells of another commit, at ${other.tx.commitLsn}`
  const name = other === undefined ? 'payload-divergence' : 'stale-payload'
  return violated('OA4', name, witness(says, seqs, subjectOf(event)))
}

function missingHeader(
  event: ExpectedEvent,
  { id, record }: PublishedRecord,
  view: PublisherView,
): string | undefined {
  const { eventId, eventTypeHeader } = view.plan.publisher
  if ('header' in eventId && id === undefined) return eventId.header
  if (
    eventTypeHeader !== undefined &&
    event.eventType !== undefined &&
    header(record.headers, eventTypeHeader) === undefined
  ) {
    return eventTypeHeader
  }
  if (event.traceparent === undefined) return undefined
  const carried = header(record.headers, 'traceparent') ?? header(record.headers, 'ce_traceparent')
  return carried === undefined ? 'traceparent' : undefined
}
