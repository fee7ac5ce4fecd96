import { counterexample, held, nameOf, placeOf, subjectOf, violated } from '../../../proof/findings.ts'
import { header } from '../../../proof/history/event-id.ts'
import { amountsIn, announced, at, carries, difference, parsed } from '../../../proof/history/json-content.ts'
import { tampered } from '../../../proof/mutated-records.ts'
import { mutated } from '../../../proof/mutation.ts'
import { predicate } from '../predicate.ts'
import type { ExpectedEvent, PublishedRecord } from '../view/expected-event.ts'
import type { PublisherView } from '../view/publisher-view.ts'
import { typePath } from '../view/type-place.ts'
import { withoutOutbox } from './without-outbox.ts'

/**
 * OA4. A record says what its transaction committed: the payload, the type, and that it has the headers it needs.
 *
 * What can violate it: an event built from the request, a payload read again when it is published (`stale-payload`:
 * it tells of another commit of the same aggregate), a relay that drops or mixes up headers.
 * How it is seen: the payload column against the record's value, as JSON; further headers, another header case and
 * an envelope around the payload are no difference. What is not JSON (Avro) is not judged here. A relay may call types
 * by names of its own (`OrderPlaced`, `order.placed.v1`), but a committed type always by the same. Keys are OR2's
 * business: they may be hashed. Without a declared header a type is looked for in the values, where most say it. What a
 * traceparent says is O4's: each hop may write its own span into it.
 */
export const samePayload = predicate({
  id: 'OA4',
  title: 'payload',
  claim: 'events carry the committed payload',
  promise:
    'The value and the type of a record are those that the transaction committed, and no declared header is missing.',
  formal:
    'the value is what the transaction committed; a committed type is always called by the same name; no declared header is missing (keys: OR2)',
  controls: ['P1'],
  violations: {
    'payload-divergence': {},
    'stale-payload': {},
    'missing-header': {},
    'divergent-type': {},
  },
  undeclared: withoutOutbox,
  check(view) {
    let judged = 0
    const types = new Map<string, TypedRecord>()
    const typeOf = typesIn(view)
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
            counterexample(says, [event.tx.event.seq, record.record.seq], subjectOf(event)),
          )
        }
        const other = otherType(event, record, types, typeOf)
        if (other !== undefined) {
          const says = `the record of ${nameOf(event)} at ${placeOf(record)} is called ${typeOf(record)}; ${event.eventType} is called ${other.type} at ${placeOf(other.record)}`
          const seqs = [event.tx.event.seq, other.record.record.seq, record.record.seq]
          return violated(this.id, 'divergent-type', counterexample(says, seqs, subjectOf(event)))
        }
      }
    }
    return held(this.id, judged)
  },
  /** A record says something else than what was committed. */
  mutation: {
    says: 'change the payload of a record',
    names: ['payload-divergence'],
    applies: (view) => readable(view) !== undefined,
    apply(view) {
      const record = readable(view)
      return record && mutated(view.events, { replaced: [{ ...record, value: tampered(record.value) }] })
    },
  },
})

/** The first record whose value can be held against the payload that was committed. */
function readable(view: PublisherView) {
  return view
    .expectedEvents()
    .flatMap(({ payload, records }) =>
      payload === undefined
        ? []
        : records.filter(({ record }) => carries(record.value, payload) !== undefined),
    )
    .at(0)?.record
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
      ? `the record of ${nameOf(event)} at ${placeOf(record)} does not say what was committed${inWords(difference(value, event.payload ?? null))}`
      : `the record of ${nameOf(event)} at ${placeOf(record)} tells of another commit, at ${other.tx.commitLsn}`
  const name = other === undefined ? 'payload-divergence' : 'stale-payload'
  return violated('OA4', name, counterexample(says, seqs, subjectOf(event)))
}

/** A relay may add to what it sends; then a payload that was committed is not what the record is held against. */
function inWords(differs: string | undefined): string {
  if (differs === undefined) return ''
  const hint = differs.endsWith('which was not committed')
    ? ' (where a relay adds members of its own beside those of the payload, leave outbox.payload out of the config)'
    : ''
  return `: ${differs}${hint}`
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

interface TypedRecord {
  readonly type: string
  readonly record: PublishedRecord
}

/** The record that called a committed type by another name than this one does. */
function otherType(
  { eventType }: ExpectedEvent,
  record: PublishedRecord,
  types: Map<string, TypedRecord>,
  typeOf: TypeOf,
): TypedRecord | undefined {
  const type = typeOf(record)
  if (eventType === undefined || type === undefined) return undefined
  const known = types.get(eventType)
  if (known === undefined) types.set(eventType, { type, record })
  return known?.type === type ? undefined : known
}

type TypeOf = (record: PublishedRecord) => string | undefined

/** By the declared header, or where values are found to say it. */
function typesIn(view: PublisherView): TypeOf {
  const { eventTypeHeader } = view.plan.publisher
  if (eventTypeHeader !== undefined) return ({ record }) => header(record.headers, eventTypeHeader)
  const path = typePath(view.expectedEvents())
  if (path === undefined) return () => undefined
  return ({ record }) => {
    const type = at(parsed(record.value), path)
    return typeof type === 'string' ? type : undefined
  }
}
