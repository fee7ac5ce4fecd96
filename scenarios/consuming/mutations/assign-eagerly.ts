import type { ConsumerView } from '../view/consumer-view.ts'
import { type Edit, edited } from '../../../proof/mutation.ts'
import { groupState } from './victims.ts'

/** CG1: the group assigns by ranges. */
export const assignEagerly: Edit<ConsumerView> = {
  checker: 'CG1',
  says: 'assign partitions by the eager protocol',
  names: ['eager-assignor'],
  applies: () => true,
  apply(view) {
    const state = groupState(view, 1, { first: [0] })
    return edited(view.events, { added: [{ ...state, type: 'classic', protocol: 'range' }] })
  },
}
