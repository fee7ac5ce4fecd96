import { more } from '../../proof/findings.ts'
import { isFact } from '../../proof/history/recorded-fact.ts'
import { withoutPrefix } from '../../proof/history/topic-name.ts'
import { antiPattern } from './anti-pattern.ts'
import { NO_EVENTS, ownEvents } from './own-events.ts'

/** Spring's ReplyingKafkaTemplate, JMS bridges and what people write themselves. */
const RETURN_ADDRESS = /^(kafka_)?reply[-_.]?(to|topic|partition)$/i
const REPLIES = /(^|[-_.])(repl(y|ies)|responses?|answers?)($|[-_.])/i

/**
 * Everything as an event. Who waits for an answer has asked a question: its record carries the address where the answer
 * is to go, or its client fetches from a topic of answers.
 */
export const everythingAsEvents = antiPattern({
  id: 'everything-as-events',
  title: 'everything as an event',
  definition: 'Questions that wait for an answer are sent over topics, as requests and replies.',
  harm: 'A call that takes a line becomes two topics, a correlation id and a timeout, and is hard to follow.',
  remedy: 'Ask by REST or gRPC where the answer is needed at once; announce what happened as events.',
  threshold: { value: 1, of: 'records that name a topic for the answer, or topics of answers that are read' },
  look(seen) {
    const topics = [...ownEvents(seen)]
    const fetched = seen.events.filter((event) => isFact(event, 'topic.read'))
    const replies = fetched.filter(({ subject }) => REPLIES.test(withoutPrefix(subject)))
    const readings = topics.map(([topic, events]) => {
      const asking = events.filter(({ record }) => addressIn(record.headers) !== undefined)
      const [first] = asking
      const says =
        first === undefined
          ? `none of ${events.length} events on ${topic} asks for an answer`
          : `an event on ${topic} asks for an answer by its header ${addressIn(first.record.headers)}${more(asking.length)}`
      return { at: topic, value: asking.length, says, events: first === undefined ? [] : [first.record.seq] }
    })
    const answers = replies.map(({ subject, value, seq }) => ({
      at: withoutPrefix(subject),
      value: 1,
      says: `client ${value} waits for answers on ${withoutPrefix(subject)}`,
      events: [seq],
    }))
    return readings.length + answers.length === 0 ? NO_EVENTS : { readings: [...readings, ...answers] }
  },
})

function addressIn(headers: Readonly<Record<string, string | null>>): string | undefined {
  return Object.keys(headers).find((name) => RETURN_ADDRESS.test(name))
}
