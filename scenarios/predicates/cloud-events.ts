import { counterexample, held, placeOf, unknown, violated } from '../../proof/findings.ts'
import { envelopeOf, type Offence, type OffenceKind } from '../../proof/history/cloud-event.ts'
import { mutated } from '../../proof/mutation.ts'
import { type OnTopic, type ProducerView, predicate } from './predicate.ts'

/** Of a record's bytes, so many letters are shown. */
const SHOWN = 240

interface Offender {
  readonly at: OnTopic
  readonly offences: readonly Offence[]
}

/**
 * CE1. Every record on every declared topic is a valid CloudEvents 1.0 event in the binary or the structured mode of
 * Kafka's binding.
 *
 * What can violate it: a record without an envelope; a required attribute that is missing or empty; a time, a source, a
 * schema that is not of its type; a name with other characters than a–z and 0–9; data that is not what its content type
 * says. A retry or a dead letter carries the event: it is asked for where the event that it hands on was valid.
 * How it is seen: in headers and value as they are on the log.
 * Source of the rule: the guide's checklist; CloudEvents 1.0.2, its JSON format and its Kafka binding.
 */
export const cloudEvents = predicate({
  id: 'CE1',
  title: 'CloudEvents',
  claim: 'every event is a CloudEvent',
  promise:
    'Every record on every declared topic is a valid CloudEvents 1.0 event, in binary or structured mode.',
  formal:
    'every visible record on every declared topic is a valid CloudEvents 1.0 event in the binary or structured mode of the Kafka binding; a retry, dead letter or redrive where the delivered record was one',
  controls: ['D2'],
  onlyWhereAsked: true,
  needs: 'no record of an event was seen on the declared topics',
  violations: {
    'no-cloud-event': { means: 'A record on a declared topic has no envelope of CloudEvents.' },
    'attribute-missing': { means: 'A CloudEvent lacks `specversion`, `id`, `source` or `type`.' },
    'attribute-wrong': { means: 'An attribute of a CloudEvent is not of its type.' },
    'attribute-misnamed': { means: 'An attribute has another name than lower-case letters and digits.' },
    'data-not-as-declared': { means: 'The data of a CloudEvent is not what its content type says.' },
  },
  check(view) {
    const asked = askedOf(view)
    const offenders = asked
      .map((at) => ({ at, offences: offencesOf(at) }))
      .filter(({ offences }) => offences.length > 0)
    const [first] = offenders
    if (first !== undefined) return found(this.id, first, offenders, asked.length)
    const unread = asked.flatMap(({ record }) => envelopeOf(record).unread ?? [])
    if (unread.length === 0) return held(this.id, asked.length)
    const says = `${unread.length} records are structured as ${unread[0]}, which is not read here: only JSON is. Publish in binary mode or as application/cloudevents+json`
    return unknown(this.id, says)
  },
  /** A record loses all of its envelope. */
  mutation: {
    says: 'take the envelope from a record',
    names: ['no-cloud-event'],
    applies: (view) => victim(view) !== undefined,
    apply(view) {
      const first = victim(view)
      return first && mutated(view.events, { replaced: [{ ...first.record, headers: {} }] })
    },
  },
})

/** Without a value and an envelope it would be no event. */
function victim(view: ProducerView): OnTopic | undefined {
  return askedOf(view).find(({ record }) => record.value !== null)
}

/** What hands on a record that was no CloudEvent answers for nothing: that record itself is in question. */
function askedOf({ onTopics }: ProducerView): readonly OnTopic[] {
  return onTopics.filter(
    ({ handsOn }) => handsOn === undefined || envelopeOf(handsOn.record).offences.length === 0,
  )
}

function offencesOf({ record, index }: OnTopic): readonly Offence[] {
  if (index === undefined) return envelopeOf(record).offences
  return [
    { kind: 'no-cloud-event', says: 'one record holds several events, which Kafka’s binding does not know' },
  ]
}

function found(id: string, first: Offender, offenders: readonly Offender[], asked: number) {
  const { record, by, handsOn } = first.at
  const [offence] = first.offences
  const says = [
    by === 'harness'
      ? `the event that the config declares for ${record.topic} is no CloudEvent: ${offence?.says}`
      : `the record at ${placeOf(first.at)} is no CloudEvent: ${offence?.says}`,
    handsOn ? ` (the event that it hands on, at ${placeOf(handsOn)}, is one)` : '',
    `. Its headers: ${shown(JSON.stringify(record.headers))}, its value: ${shown(record.value ?? 'null')}`,
    `. Of ${asked} records ${offenders.length} are none: ${counts(offenders)}`,
    '. What to do: give each record ce_specversion, ce_id, ce_source, ce_type, and content-type for its data',
  ].join('')
  const subject = {
    ...(first.at.id && { eventId: first.at.id }),
    ...(record.key !== null && { key: record.key }),
  }
  const events = [handsOn?.record.seq, record.seq]
  return violated(id, offence?.kind ?? 'no-cloud-event', counterexample(says, events, subject))
}

/** "20 × attribute-missing (ce_source), 3 × data-not-as-declared": the most frequent first. */
function counts(offenders: readonly Offender[]): string {
  const kinds = new Map<OffenceKind, number>()
  for (const { offences } of offenders)
    for (const kind of new Set(offences.map((offence) => offence.kind)))
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
  return [...kinds]
    .sort(([, a], [, b]) => b - a)
    .map(([kind, count]) => `${count} × ${kind}`)
    .join(', ')
}

function shown(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text
}
