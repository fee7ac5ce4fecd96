import { type Mutation, mutated } from '../../../proof/mutation.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { groupState } from './victims.ts'

/** CG2: a member gives a partition up and gets it back. */
export const stopPartition: Mutation<ConsumerView> = {
  predicate: 'CG2',
  says: 'let a member give a partition up and get it back',
  names: ['stop-the-world'],
  applies: () => true,
  apply: (view) =>
    mutated(view.events, {
      added: [
        groupState(view, 1, { first: [0] }),
        groupState(view, 2, { first: [] }),
        groupState(view, 3, { first: [0] }),
      ],
    }),
}
