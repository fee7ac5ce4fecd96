import { REGISTRY_SLOW } from '../../../faults/testbed-faults.ts'
import { slow } from '../../testbed/registry-answers.ts'
import { registryAtStart } from './registry-at-start.ts'

/** Milliseconds that each answer takes: more than a client expects, and less than it should bear. */
const LATE = 3_000
/** Milliseconds in which it is seen not to answer. */
const SEEN = 500

/**
 * W27c: the relay starts, and the registry gives right answers, seconds late. A relay may go on by such an answer, or give
 * up on it and ask again: nothing need be owed when the registry is quick again.
 */
export const registrySlowAtStart = registryAtStart({
  id: 'W27c',
  phrase: 'the relay starts while the schema registry is slow',
  title: 'the relay starts while the schema registry is slow',
  held: 'SIGKILL; the relay’s way to the registry answers 3 s late; start',
  shown: 'the relay was started, and the xid committed, while no answer of the registry came in time',
  traits: ['may-pass-by'],
  hurt: {
    fault: REGISTRY_SLOW,
    effect: `each answer comes after ${LATE / 1000} s`,
    async hurt(registry) {
      const met = registry.answerBy(slow(LATE))
      const inTime = await registry.answer(SEEN)
      return met && inTime === undefined ? `it does not answer within ${SEEN} ms` : undefined
    },
  },
  hold: LATE + 1_000,
})
