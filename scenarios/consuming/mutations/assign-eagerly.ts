import { type Mutation, mutated } from '../../../proof/mutation.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { groupState } from './victims.ts'

/** CG1: the group assigns by ranges. */
export const assignEagerly: Mutation<ConsumerView> = {
  predicate: 'CG1',
  says: 'assign partitions by the eager protocol',
  names: ['eager-assignor'],
  applies: () => true,
  apply(view) {
    const state = groupState(view, 1, { first: [0] })
    return mutated(view.events, { added: [{ ...state, type: 'classic', protocol: 'range' }] })
  },
}
