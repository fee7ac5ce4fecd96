import { counterexample, held, placeOf, violated } from '../../../proof/findings.ts'
import { header } from '../../../proof/history/event-id.ts'
import { canonicalText, enveloped, parsed } from '../../../proof/history/json-content.ts'
import type { LoggedRecord } from '../../../proof/history/logged-record.ts'
import { tampered } from '../../../proof/mutated-records.ts'
import { mutated } from '../../../proof/mutation.ts'
import { predicate } from '../predicate.ts'
import type { ConsumedEvent } from '../view/consumed-event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { eventName, eventSubject } from './naming.ts'
import { ownLetters } from './own-letters.ts'

/**
 * RD4. A dead letter is what was delivered, byte for byte or in an envelope, and says where it came from and why it is there.
 *
 * What can violate it: a value that is read and written again, a key that is lost, headers that nobody sets.
 * How it is seen: key and value against the records of the event on the declared topic. Every declared header is
 * there; those for topic, partition, offset and timestamp name one of these records, where they are text. A topic has
 * the name of the config, too: a service that puts a prefix before it knows both.
 */
export const faithfulDeadLetters = predicate({
  id: 'RD4',
  title: 'fidelity',
  claim: 'a dead letter is the original and says why it is there',
  promise:
    'A dead letter is the delivered record, byte for byte or whole in an envelope, and says where it came from and why.',
  formal:
    'key and value of a dead letter are those delivered, byte for byte, or its value is an envelope with a member that says the same; each declared header is there, and those for topic, partition, offset and timestamp name a delivery',
  controls: ['C2'],
  violations: {
    'dlt-mangled': {},
    'dlt-missing-header': {},
  },
  undeclared: ({ plan }) => (plan.consumer.retry === undefined ? 'no dead letters are declared' : undefined),
  check(view) {
    let judged = 0
    for (const event of view.consumed) {
      if (event.deliveries.length === 0) continue
      for (const dead of ownLetters(event)) {
        judged++
        const fault = mangled(event, dead) ?? missing(event, dead, view) ?? astray(event, dead, view)
        if (fault === undefined) continue
        const says = `the dead letter of ${eventName(event)} at ${placeOf(dead)} ${fault.says}`
        const seqs = [event.deliveries[0]?.record.seq, dead.record.seq]
        return violated(this.id, fault.name, counterexample(says, seqs, eventSubject(event)))
      }
    }
    return held(this.id, judged)
  },
  /** A dead letter is written anew. */
  mutation: {
    says: 'change the value of a dead letter',
    names: ['dlt-mangled'],
    applies: (view) => candidates(view).length > 0,
    apply(view) {
      const record = candidates(view)[0]?.deadLetters[0]?.record
      return record && mutated(view.events, { replaced: [{ ...record, value: tampered(record.value) }] })
    },
  },
})

interface InjectedFault {
  readonly name: string
  readonly says: string
}

function mangled({ deliveries }: ConsumedEvent, { record }: LoggedRecord): InjectedFault | undefined {
  const name = 'dlt-mangled'
  if (!deliveries.some((one) => one.record.key === record.key)) return { name, says: 'has another key' }
  const same = deliveries.some(
    (one) =>
      (one.record.value === record.value && one.record.valueBytes === record.valueBytes) ||
      wraps(record.value, one.record.value),
  )
  return same ? undefined : { name, says: 'has another value' }
}

/** An envelope keeps what was delivered, and adds why it is there. */
function wraps(letter: string | null, delivered: string | null): boolean {
  return delivered !== null && enveloped(parsed(letter)).includes(canonicalText(delivered))
}

function missing(
  { deliveries }: ConsumedEvent,
  { record }: LoggedRecord,
  { plan }: ConsumerView,
): InjectedFault | undefined {
  const declared = Object.entries(plan.consumer.retry?.headers ?? {})
  // What is passed on must have been there.
  const traced = (name: string) => deliveries.some((one) => header(one.record.headers, name) !== undefined)
  const absent = declared
    .filter(([what, name]) => what !== 'traceparent' || traced(name))
    .map(([, name]) => name)
    .filter((name) => header(record.headers, name) === undefined)
  return absent.length === 0 ? undefined : { name: 'dlt-missing-header', says: `lacks ${absent.join(', ')}` }
}

/** Headers that name another place than the one that the event was delivered at. */
function astray(
  { deliveries }: ConsumedEvent,
  { record }: LoggedRecord,
  { plan }: ConsumerView,
): InjectedFault | undefined {
  const { retry, prefix = '' } = plan.consumer
  const names = retry?.headers ?? {}
  for (const what of ['topic', 'partition', 'offset', 'timestamp'] as const) {
    const name = names[what]
    const said = name === undefined ? undefined : header(record.headers, name)
    // Numbers may be written as bytes; those that look like text are none.
    if (said === undefined || (what !== 'topic' && !/^\d+$/.test(said))) continue
    const meant = what === 'topic' ? [said, prefix + said] : [said]
    if (!deliveries.some((one) => meant.includes(String(one.record[what]))))
      return { name: 'dlt-mangled', says: `names ${what} ${said}, where it was never delivered` }
  }
  return undefined
}

function candidates({ consumed }: ConsumerView) {
  // Without an id or a place in its headers a changed record would be nobody's.
  return consumed.filter(
    ({ deadLetters, deliveries, id }) => deliveries.length > 0 && deadLetters[0]?.id === id,
  )
}
