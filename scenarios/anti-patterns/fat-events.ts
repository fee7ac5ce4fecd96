import { antiPattern } from './anti-pattern.ts'
import { median, NO_EVENTS, ownEvents } from './own-events.ts'

/**
 * Fat events. The guide draws the line at 1 MB for a single one (P4); what costs day by day is what they usually
 * weigh, so the middle one counts, and one that we blow up on purpose does not.
 */
export const fatEvents = antiPattern({
  id: 'fat-events',
  title: 'fat events',
  definition: 'Events usually carry more than their readers need: the middle one of a topic is large.',
  harm: 'The broker, its replicas and every reader move and keep the whole of it, read or not.',
  remedy: 'Put the id and what changed into the event; who needs more asks the owner’s API for it.',
  threshold: { value: 65_536, of: 'bytes of the middle event of a topic' },
  look(seen) {
    const topics = [...ownEvents(seen)]
    if (topics.length === 0) return NO_EVENTS
    return {
      readings: topics.map(([topic, events]) => {
        const value = median(events.map(({ record }) => record.valueBytes))
        const shown = events.find(({ record }) => record.valueBytes === value)?.record.seq
        return {
          at: topic,
          value,
          says: `the middle one of ${events.length} events on ${topic} has ${value} bytes`,
          events: shown === undefined ? [] : [shown],
        }
      }),
    }
  },
})
