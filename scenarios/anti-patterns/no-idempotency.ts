import { more } from '../../proof/findings.ts'
import { antiPattern } from './anti-pattern.ts'

/** No idempotency. Only an event that came again shows it: without one this was not looked at. */
export const noIdempotency = antiPattern({
  id: 'no-idempotency',
  title: 'no idempotency',
  definition: 'An event that is delivered again takes effect again.',
  harm: 'Delivery is at least once, so sooner or later data is wrong by what was done twice.',
  remedy:
    'Remember the ids of handled events in the transaction of their effects, and leave out what is known.',
  threshold: { value: 1, of: 'events that took effect more than once' },
  look({ consumes }) {
    if (consumes === undefined) return undefined
    const { table, handled } = consumes
    const twice = handled.filter(({ effects }) => effects > 1)
    const again = handled.filter(({ deliveries }) => deliveries > 1)
    const [first] = twice
    if (first === undefined && again.length === 0) return { blind: 'no event was delivered more than once' }
    const says =
      first === undefined
        ? `none of ${again.length} events that were delivered again took effect again`
        : `${first.name} took effect ${first.effects} times in ${table}${more(twice.length)}`
    return {
      readings: [
        { at: table, value: twice.length, says, events: (first ?? again[0])?.seqs.slice(0, 6) ?? [] },
      ],
    }
  },
})
