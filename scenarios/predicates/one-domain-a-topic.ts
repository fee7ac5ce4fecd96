import { counterexample, held, more, placeOf, violated } from '../../proof/findings.ts'
import { envelopeOf } from '../../proof/history/cloud-event.ts'
import { mutated } from '../../proof/mutation.ts'
import { type OnTopic, type ProducerView, predicate } from './predicate.ts'

interface Typed {
  readonly at: OnTopic
  readonly topic: string
  /** CloudEvents' `source` names the domain that an event comes from. */
  readonly source: string
  readonly type: string
}

/**
 * TP2. A topic holds the events of one domain, and a type of event is on one topic.
 *
 * What can violate it: one topic for everything; a service that puts another domain's events on its own topic; a type
 * that is published twice, to two topics, whose readers then disagree about which one counts.
 * How it is seen: `source` and `type` of CloudEvents on all declared topics; retries and dead letters hand on what has
 * its place elsewhere. Without an envelope nothing says whose an event is: D2 is about that.
 * Source of the rule: the guide's checklist, topics split by domain; its anti-pattern of one topic for everything.
 */
export const oneDomainATopic = predicate({
  id: 'TP2',
  title: 'one domain a topic',
  claim: 'each topic holds the events of one domain',
  promise: 'A topic holds the events of one domain, and a type of event is on one topic.',
  formal:
    'events on a declared topic have one CloudEvents `source`; events of one `source` and `type` are on one topic (retries, dead letters and redrives apart)',
  controls: ['D5'],
  onlyWhereAsked: true,
  needs: 'no event says whose it is: events must be CloudEvents with a source and a type (D2)',
  violations: {
    'two-domains-on-topic': { means: 'Events of two sources are on one topic.' },
    'type-on-two-topics': { means: 'Events of one source and type are on two topics.' },
  },
  undeclared: (view) =>
    typedIn(view).length === 0 ? 'no event says by its CloudEvents source whose it is' : undefined,
  check(view) {
    const all = typedIn(view)
    const mixed = pairs(
      all,
      ({ topic }) => topic,
      ({ source }) => source,
    )
    const [one] = mixed
    if (one !== undefined) {
      const [a, b] = one
      const says = `${a.topic} holds events of ${a.source} (${a.type} at ${placeOf(a.at)}) and of ${b.source} (${b.type} at ${placeOf(b.at)})${more(mixed.length)}. What to do: give each domain a topic of its own`
      return violated(this.id, 'two-domains-on-topic', counterexample(says, seqs(one)))
    }
    const spread = pairs(
      all,
      ({ source, type }) => JSON.stringify([source, type]),
      ({ topic }) => topic,
    )
    const [two] = spread
    if (two === undefined) return held(this.id, all.length)
    const [a, b] = two
    const says = `${a.type} of ${a.source} is on ${a.topic} (${placeOf(a.at)}) and on ${b.topic} (${placeOf(b.at)})${more(spread.length)}. What to do: publish a type to the topic of its domain only`
    return violated(this.id, 'type-on-two-topics', counterexample(says, seqs(two)))
  },
  /** An event of another domain appears on the topic. */
  mutation: {
    says: 'let an event come from another domain',
    names: ['two-domains-on-topic'],
    applies: (view) => victims(view) !== undefined,
    apply(view) {
      const record = victims(view)?.at.record
      if (record === undefined) return undefined
      const source = '/eventproof-another-domain'
      return mutated(view.events, {
        replaced: [
          {
            ...record,
            headers: { ...record.headers, ce_source: source },
            value: moved(record.value, source),
          },
        ],
      })
    },
  },
})

function typedIn({ onTopics }: ProducerView): readonly Typed[] {
  return onTopics.flatMap((at) => {
    if (at.handsOn !== undefined || at.index !== undefined) return []
    const { source, type } = envelopeOf(at.record).attributes
    const { topic } = at.record
    return typeof source === 'string' && typeof type === 'string' ? [{ at, topic, source, type }] : []
  })
}

/** The first of each group with the first one that differs from it. */
function pairs(
  all: readonly Typed[],
  groupOf: (one: Typed) => string,
  sameness: (one: Typed) => string,
): readonly (readonly [Typed, Typed])[] {
  const firsts = new Map<string, Typed>()
  return all.flatMap((one) => {
    const first = firsts.get(groupOf(one))
    if (first === undefined) firsts.set(groupOf(one), one)
    return first !== undefined && sameness(first) !== sameness(one) ? [[first, one] as const] : []
  })
}

/** An event that is not alone on its topic. */
function victims(view: ProducerView): Typed | undefined {
  const all = typedIn(view)
  return all.find((one) => all.some((other) => other !== one && other.topic === one.topic))
}

/** A structured event says its source in its value. */
function moved(value: string | null, source: string): string | null {
  try {
    const event = JSON.parse(value ?? '')
    return 'specversion' in event ? JSON.stringify({ ...event, source }) : value
  } catch {
    return value
  }
}

function seqs([a, b]: readonly [Typed, Typed]): readonly number[] {
  return [a.at.record.seq, b.at.record.seq]
}
