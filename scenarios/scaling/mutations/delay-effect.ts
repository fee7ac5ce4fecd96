import { type Mutation, mutated } from '../../../proof/mutation.ts'
import { knowledge } from '../predicates/return-to-zero.ts'
import type { ScalingView } from '../view/scaling-view.ts'
import { effectAgain, withoutEffects } from './effects.ts'

/** SZ4: it was scaled to zero before an event that had long been there took effect. */
export const delayEffect: Mutation<ScalingView> = {
  predicate: 'SZ4',
  says: 'let an effect come a minute after the scale-in',
  names: ['premature-scale-in'],
  applies: (view) => view.replicas.rises.some(({ active }) => active.to !== undefined),
  apply(view) {
    for (const { active } of view.replicas.rises) {
      const fall = active.to
      const work = view.work.all.find(
        ({ input, effects: [first] }) =>
          fall !== undefined &&
          first !== undefined &&
          first.seq < fall.seq &&
          input.expect === 'effect' &&
          input.at < knowledge(fall, view).known,
      )
      if (fall === undefined || work === undefined) continue
      const late = effectAgain(work, view, { seq: fall.seq, at: fall.at + 60_000 })
      if (late === undefined) continue
      return mutated(view.events, { replaced: withoutEffects(work, view), added: [late] })
    }
    return undefined
  },
}
