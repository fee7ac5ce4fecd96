import { counterexample, held, more, violated } from '../../proof/findings.ts'
import { isFact } from '../../proof/history/recorded-fact.ts'
import { mutated } from '../../proof/mutation.ts'
import { type ProducerView, predicate } from './predicate.ts'

declare module '../../proof/history/fact.ts' {
  interface Facts {
    /** The client that fetched from a topic first. */
    'topic.read': string
  }
}

interface Use {
  readonly topic: string
  readonly by: string
  readonly seq: number
  readonly how: 'writes' | 'reads'
}

/**
 * TP1. Services write and read the topics that they are declared to, and no others.
 *
 * What can violate it: a topic that nobody wrote down: an audit topic beside, a reply topic, another team's topic that
 * is read in passing. Whoever draws the boundary between what is called and what is announced from the declaration
 * draws it wrong.
 * How it is seen: in the bytes of produce and fetch requests. Topics of the broker and of Connect (`__…`) are nobody's.
 * A declared topic that was not used is no violation: not everything happens in a run.
 * Source of the rule: the guide's checklist, the boundary between synchronous and asynchronous communication.
 */
export const declaredTopics = predicate({
  id: 'TP1',
  title: 'declared topics',
  claim: 'only declared topics are written and read',
  promise: 'Services write and read the topics that they are declared to, and no others.',
  formal:
    'the topics of every produce and fetch request that was watched are declared for one of the subject’s services, by the config or by its AsyncAPI document',
  controls: ['D1'],
  onlyWhereAsked: true,
  needs:
    'no request of its clients was seen: they must reach the broker by the address that they are given ({kafka.bootstrapServers})',
  violations: {
    'undeclared-topic-written': { means: 'A service produces to a topic that it is not declared to write.' },
    'undeclared-topic-read': { means: 'A service fetches from a topic that it is not declared to read.' },
  },
  undeclared: (view) =>
    view.plan.topics === undefined
      ? 'the run does not say what was declared'
      : usesIn(view).length === 0
        ? 'no request of its clients was seen'
        : undefined,
  check(view) {
    const uses = usesIn(view)
    const { topics } = view.plan
    if (topics === undefined) return held(this.id, 0)
    const strange = uses.filter(({ topic, how }) => !topic.startsWith('__') && !isAmong(topics[how], topic))
    const [first] = strange
    if (first === undefined) return held(this.id, uses.length)
    const { topic, by, how, seq } = first
    const declared = topics[how].length === 0 ? 'no topic' : topics[how].join(', ')
    const says = `client ${by} ${how} ${topic}${more(strange.length)}; its services are declared to ${how === 'writes' ? 'write' : 'read'} ${declared}. What to do: declare the topic (services.….topics.${how}, or its AsyncAPI document), or leave it alone`
    const name = how === 'writes' ? 'undeclared-topic-written' : 'undeclared-topic-read'
    return violated(this.id, name, counterexample(says, [seq], {}, 'B'))
  },
  /** A client writes to, or reads, a topic that nobody declared. */
  mutation: {
    says: 'let a client use a topic that is not declared',
    applies: (view) => view.plan.topics !== undefined && usesIn(view).length > 0,
    apply({ events }) {
      const used = events.find((event) => event.kind === 'k.client' || isFact(event, 'topic.read'))
      const topic = 'eventproof-not-declared'
      if (used?.kind === 'k.client') return mutated(events, { replaced: [{ ...used, topics: [topic] }] })
      return used?.kind === 'fact' ? mutated(events, { replaced: [{ ...used, subject: topic }] }) : undefined
    },
  },
})

/** Whether the service put the topic prefix before it, or not, as it does for topics of its platform. */
function isAmong(declared: readonly string[], topic: string): boolean {
  return declared.some((name) => name === topic || name.endsWith(`.${topic}`))
}

function usesIn({ events }: ProducerView): readonly Use[] {
  return events.flatMap((event): Use[] => {
    if (event.kind === 'k.client')
      return event.topics.map((topic) => ({ topic, by: event.clientId, seq: event.seq, how: 'writes' }))
    return isFact(event, 'topic.read')
      ? [{ topic: event.subject, by: event.value, seq: event.seq, how: 'reads' }]
      : []
  })
}
