import { type Mutation, mutated } from '../../../proof/mutation.ts'
import type { ScalingView } from '../view/scaling-view.ts'

/** SZ7: an operator's switch left in the ScaledObject. */
export const leavePaused: Mutation<ScalingView> = {
  predicate: 'SZ7',
  says: 'leave the switch that pauses KEDA in the manifest',
  names: ['manifest-error'],
  applies: () => true,
  apply(view) {
    const [first] = view.events
    if (first === undefined) return undefined
    const { scaledObject } = view.plan.scaling
    const { at, scenario } = first
    const found = 'annotation autoscaling.keda.sh/paused: true'
    return mutated(view.events, {
      added: [
        {
          seq: first.seq + 0.5,
          at,
          scenario,
          kind: 'lint',
          rule: 'paused',
          severity: 'error',
          file: 'scaled-object.yaml',
          line: 1,
          object: `default/${scaledObject}`,
          found,
          fix: 'remove it from the manifest',
        },
      ],
    })
  },
}
