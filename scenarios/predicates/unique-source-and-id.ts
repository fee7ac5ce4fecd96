import { counterexample, held, more, placeOf, violated } from '../../proof/findings.ts'
import { type Envelope, envelopeOf } from '../../proof/history/cloud-event.ts'
import { sameJson } from '../../proof/history/json-content.ts'
import { mutated } from '../../proof/mutation.ts'
import { type OnTopic, type ProducerView, predicate } from './predicate.ts'

interface Identified {
  readonly at: OnTopic
  readonly envelope: Envelope
  readonly name: string
}

/**
 * CE2. No two events of one source share an id; copies of one event may.
 *
 * What can violate it: an id that is the aggregate's or a counter that begins anew; a source that is the same for
 * services with ids of their own; one outbox row that is published as two events. A reader of CloudEvents takes the
 * second one for a copy of the first, and drops it.
 * How it is seen: two records with one `source` and `id` whose type, subject, key or data differ.
 * Source of the rule: CloudEvents 1.0.2, `id`: "producers MUST ensure that source + id is unique for each distinct event".
 */
export const uniqueSourceAndId = predicate({
  id: 'CE2',
  title: 'source and id',
  claim: 'no two events share a source and an id',
  promise: 'No two events of one source share an id; copies of one event may.',
  formal:
    'records of the subject with equal `source` and `id` have equal `type`, `subject`, key and data: they are copies',
  controls: ['D2'],
  onlyWhereAsked: true,
  violations: {
    'shared-source-and-id': { means: 'Two different events have one `source` and `id`.' },
  },
  undeclared: (view) =>
    identified(view).length === 0
      ? 'no event of its own has a source and an id; CE1 asks for them'
      : undefined,
  check(view) {
    const all = identified(view)
    const firsts = new Map<string, Identified>()
    const pairs: (readonly [Identified, Identified])[] = []
    for (const one of all) {
      const first = firsts.get(one.name)
      if (first === undefined) firsts.set(one.name, one)
      else if (!isCopy(first, one)) pairs.push([first, one])
    }
    const [pair] = pairs
    if (pair === undefined) return held(this.id, all.length)
    const [a, b] = pair
    const { source, id } = b.envelope.attributes
    const says = `the events at ${placeOf(a.at)} and ${placeOf(b.at)} differ, and both are ${id} of ${source}${more(pairs.length)}. What to do: give each event an id of its own, such as its outbox row's`
    return violated(this.id, 'shared-source-and-id', counterexample(says, [a.at.record.seq, b.at.record.seq]))
  },
  /** One event gets the envelope of another. */
  mutation: {
    says: 'give an event the source and id of another',
    applies: (view) => twoEvents(view) !== undefined,
    apply(view) {
      const two = twoEvents(view)
      if (two === undefined) return undefined
      const [{ at: first }, { at: second }] = two
      const { headers } = first.record
      const value =
        envelopeOf(first.record).mode === 'structured' ? differing(first.record.value) : second.record.value
      return mutated(view.events, { replaced: [{ ...second.record, headers, value }] })
    },
  },
})

/** Events of the subject with a source and an id; what hands on another record is a copy of it by design. */
function identified({ onTopics }: ProducerView): readonly Identified[] {
  return onTopics.flatMap((at) => {
    if (at.by === 'harness' || at.handsOn !== undefined || at.index !== undefined) return []
    const envelope = envelopeOf(at.record)
    const { source, id } = envelope.attributes
    return typeof source === 'string' && typeof id === 'string'
      ? [{ at, envelope, name: JSON.stringify([source, id]) }]
      : []
  })
}

function isCopy(a: Identified, b: Identified): boolean {
  return (
    a.envelope.attributes.type === b.envelope.attributes.type &&
    a.envelope.attributes.subject === b.envelope.attributes.subject &&
    a.at.record.key === b.at.record.key &&
    sameJson(a.envelope.data, b.envelope.data)
  )
}

/** Two that differ in their data, so that one with the other's name is no copy of it. */
function twoEvents(view: ProducerView): readonly [Identified, Identified] | undefined {
  const [first, ...others] = identified(view)
  if (first === undefined) return undefined
  const other = others.find(
    (one) => one.name !== first.name && !sameJson(one.envelope.data, first.envelope.data),
  )
  return other && [first, other]
}

/** The envelope of a structured event with data of its own. */
function differing(value: string | null): string {
  return JSON.stringify({ ...JSON.parse(value ?? '{}'), data: { eventproof: 'mutated' } })
}
