import { type Guard, isControlRun, metUnless } from '../../../proof/guards/guard.ts'
import { attemptsOf } from '../view/attempt-log.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { handledAt, placedAt } from './outcome.ts'

/**
 * Guard 3: the way back ran. After each fault events came to their end; and something was done again: an event was
 * tried more than once, a copy of it was read, it went through a retry, the group gave partitions out anew, or it
 * waited from before a fault was over until after it.
 */
export const recovery: Guard<ConsumerView> = {
  id: 'recovery',
  title: 'the recovery path ran',
  otherwise: 'VACUOUS',
  look(evidence) {
    if (isControlRun(evidence)) return { met: true, evidence: 'a control run: nothing to recover from' }
    const { view } = evidence
    const spans = spansOf(view)
    if (spans.length === 0) return { met: false, evidence: 'no fault was there to recover from' }
    const lives = view.consumed.map((event) => ({
      placed: placedAt(event) ?? Number.POSITIVE_INFINITY,
      handled: handledAt(event, view) ?? Number.NEGATIVE_INFINITY,
    }))
    const last = lives.reduce((latest, { handled }) => Math.max(latest, handled), 0)
    const missing = spans
      .filter(({ to }) => to === undefined || last < to)
      .map(({ what }) => `nothing was handled after ${what} was cleared`)
    const held = lives.filter(({ placed, handled }) =>
      spans.some(({ to }) => to !== undefined && placed < to && handled > to),
    ).length
    const again = view.consumed.filter((event) => attemptsOf(event).length > 1).length
    const copies = view.consumed.filter(
      (event) => event.deliveries.length > 1 && handledAt(event, view) !== undefined,
    ).length
    const moved = view.group.generations.filter(({ seq }) => seq > view.disturbances.began).length
    const retries = view.topics.retries.length + view.topics.deadLetters.length
    if (held + again + copies + moved + retries === 0)
      missing.push('nothing was delivered, tried or given out again')
    return metUnless(
      [...new Set(missing)],
      `handled after each of ${spans.length} faults; ${held} events waited for the end of one, ${again} were tried more than once, ${copies} came in copies, ${retries} records of retries and dead letters, ${moved} new generations of the group`,
    )
  },
}

function spansOf({ disturbances: { faults, gates } }: ConsumerView) {
  return [
    ...faults.map(({ name, target, armed, cleared, lasting }) => ({
      what: `${name} on ${target}`,
      to: lasting ? (cleared ?? armed).seq : cleared?.seq,
    })),
    ...gates.map(({ gate, key, opened }) => ({ what: `the ${gate} gate of ${key}`, to: opened?.seq })),
  ]
}
