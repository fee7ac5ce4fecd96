import { type Mutation, mutated } from '../../../proof/mutation.ts'
import { passedBy } from '../predicates/nothing-missed.ts'
import type { ScalingView } from '../view/scaling-view.ts'
import { standsAlone, withoutEffects } from './effects.ts'

/** SZ3: an event that was published at zero never took effect. */
export const loseAtZero: Mutation<ScalingView> = {
  predicate: 'SZ3',
  says: 'take away the effect of an event that was published at zero',
  names: ['cold-start-loss'],
  applies: (view) =>
    view.publishedAtZero().some(({ work, rest }) => rest.to !== undefined && standsAlone(work, view)),
  apply(view) {
    const victim = view
      .publishedAtZero()
      .find(
        ({ work }) =>
          work.effects.length > 0 &&
          standsAlone(work, view) &&
          work.input.expect === 'effect' &&
          (view.work.doneWith(work) ?? passedBy(work, view)) !== undefined,
      )
    return victim && mutated(view.events, { replaced: withoutEffects(victim.work, view) })
  },
}
