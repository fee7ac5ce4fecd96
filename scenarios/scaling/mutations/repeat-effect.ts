import { type Mutation, mutated } from '../../../proof/mutation.ts'
import type { ScalingView } from '../view/scaling-view.ts'
import { effectAgain } from './effects.ts'

/** SZ6: an event takes effect once more in the end. */
export const repeatEffect: Mutation<ScalingView> = {
  predicate: 'SZ6',
  says: 'let an event take effect twice',
  names: ['drain-loss'],
  applies: (view) => view.work.all.some(({ effects }) => effects.length > 0),
  apply(view) {
    const work = view.work.all.find(({ effects, input }) => effects.length > 0 && input.expect === 'effect')
    const again = work && effectAgain(work, view, { seq: view.lastSeq, at: view.lastAt })
    return again && mutated(view.events, { added: [again] })
  },
}
