import { antiPattern } from './anti-pattern.ts'
import { NO_EVENTS, rounded } from './own-events.ts'

/**
 * Chatty events. How often a change is announced is read from the database's own log and the topic: copies of one event
 * are one, since what delivers at least once is not chatty.
 */
export const chattyEvents = antiPattern({
  id: 'chatty-events',
  title: 'chatty events',
  definition: 'One change of the business becomes several events, such as one for each field.',
  harm: 'Messages multiply, and readers have to put together again what belongs together.',
  remedy: 'Gather what one change means into one event of the domain.',
  threshold: { value: 3, of: 'events for each change, on average' },
  look({ publishes, consumes }) {
    if (publishes !== undefined) {
      const announced = publishes.changes.filter(({ events }) =>
        events.some(({ records }) => records.length > 0),
      )
      const told = announced.map(({ events }) => events.filter(({ records }) => records.length > 0).length)
      const sum = told.reduce((total, each) => total + each, 0)
      const most = announced[told.indexOf(Math.max(...told))]
      if (most === undefined) return NO_EVENTS
      const value = rounded(sum / announced.length)
      const says = `${announced.length} changes of ${publishes.table} became ${sum} events, ${value} for each`
      const seqs = most.events.flatMap(({ records }) => records.slice(0, 1).map(({ record }) => record.seq))
      return { readings: [{ at: publishes.table, value, says, events: [most.seq, ...seqs].slice(0, 6) }] }
    }
    if (consumes === undefined) return undefined
    const answered = consumes.handled.filter(({ outputs }) => outputs > 0)
    const [first] = answered
    if (first === undefined) return NO_EVENTS
    const sum = answered.reduce((total, { outputs }) => total + outputs, 0)
    const value = rounded(sum / answered.length)
    const says = `${answered.length} events that it handled became ${sum} events, ${value} for each`
    return { readings: [{ at: consumes.table, value, says, events: first.seqs.slice(0, 6) }] }
  },
})
