import { LATE, registrySlow } from '../../testbed/registry-hurt.ts'
import { registryAtStart } from './registry-at-start.ts'

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
  hurt: registrySlow,
  hold: LATE + 1_000,
})
