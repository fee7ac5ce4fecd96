import { more } from '../../proof/findings.ts'
import { antiPattern } from './anti-pattern.ts'
import { NO_EVENTS } from './own-events.ts'

/**
 * Publishing beside the transaction. P1 proves what comes of it when something dies in between; this is what it looks
 * like on a good day: a change is on the topic, and its transaction holds neither an outbox row nor a message for the log.
 */
export const directPublish = antiPattern({
  id: 'direct-publish',
  title: 'published without an outbox',
  definition: 'A service sends events itself, beside the transaction that they announce.',
  harm: 'What was committed and what was announced part as soon as one of the two fails.',
  remedy:
    'Write the event into an outbox in the same transaction and let a relay publish it, or capture the change (CDC).',
  threshold: { value: 1, of: 'announced changes whose transaction holds no event' },
  look({ publishes }) {
    if (publishes === undefined) return undefined
    const { table, captured, changes } = publishes
    const announced = changes.filter(({ events }) => events.some(({ records }) => records.length > 0))
    if (announced.length === 0) return NO_EVENTS
    const direct = captured
      ? []
      : announced.filter(({ events }) =>
          events.every(({ source, records }) => source === 'state' && records.length > 0),
        )
    const [first] = direct
    const says =
      first === undefined
        ? `each of ${announced.length} announced changes of ${table} has its event in its own transaction, or is captured from the log`
        : `a change of ${table} is announced as ${first.events[0]?.name}, and its transaction holds no event${more(direct.length)}`
    const shown = first?.events.flatMap(({ records }) => records.slice(0, 1).map(({ record }) => record.seq))
    const events = first === undefined ? [] : [first.seq, ...(shown ?? [])]
    return { readings: [{ at: table, value: direct.length, says, events }] }
  },
})
