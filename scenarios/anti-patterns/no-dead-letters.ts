import { more } from '../../proof/findings.ts'
import { withoutPrefix } from '../../proof/history/topic-name.ts'
import { antiPattern } from './anti-pattern.ts'

/**
 * No dead letters. Where none are declared, or an event fails for good: is it kept anywhere? An event that nothing can
 * help shows it; without one nothing is known.
 */
export const noDeadLetters = antiPattern({
  id: 'no-dead-letters',
  title: 'no dead letters',
  definition: 'An event that fails for good is dropped, or holds up what comes after it: no topic keeps it.',
  harm: 'The event is lost or the partition stands still, and nobody can find out why it failed.',
  remedy: 'Put it on a dead-letter topic with its cause, alert on it, and have a way to bring it back.',
  threshold: { value: 1, of: 'events that failed for good and are kept nowhere' },
  look({ consumes, whole }) {
    if (consumes === undefined) return undefined
    if (!whole) return { blind: 'the scenario was not watched to its end' }
    const { deadLetter, handled } = consumes
    const hopeless = handled.filter((event) => event.hopeless)
    if (hopeless.length === 0) return { blind: 'no event had to fail for good' }
    const gone = hopeless.filter(({ deadLetters, effects }) => deadLetters === 0 && effects === 0)
    const [first] = gone
    const where =
      deadLetter === undefined
        ? 'no dead-letter topic is declared'
        : `it is not on ${withoutPrefix(deadLetter)}`
    const says =
      first === undefined
        ? `all ${hopeless.length} events that failed for good are kept`
        : `${first.name} failed for good, and ${where}${more(gone.length)}`
    const at = deadLetter === undefined ? 'dead letters' : withoutPrefix(deadLetter)
    return {
      readings: [{ at, value: gone.length, says, events: (first ?? hopeless[0])?.seqs.slice(0, 6) ?? [] }],
    }
  },
})
