import { load as guard } from '../../../proof/guards/load.ts'
import { scalingFigures } from '../view/scaling-figures.ts'
import type { ScalingView } from '../view/scaling-view.ts'

/**
 * Guard 2: enough events, published at zero, of which some took effect; and enough to ask for more than one replica,
 * where the load is that large.
 */
export const load = guard<ScalingView>({
  title: 'enough events came, and came at zero',
  lives: ({ work }) =>
    work.all.map(({ input, effects: [first] }) => ({ placed: input.seq, done: first?.seq })),
  after: { end: 'done', word: 'took effect' },
  faultless: true,
  amounts(view) {
    const { plan, work, lag } = view
    const { lagThreshold, partitions, maxReplicas } = plan.scaling
    const effects = work.all.filter((each) => each.effects.length > 0).length
    // The load decides what must be seen: below two thresholds one replica is right.
    const several = plan.bounds.events >= 2 * lagThreshold && Math.min(partitions, maxReplicas) > 1
    return [
      { count: work.all.length, least: plan.bounds.events, of: 'events' },
      {
        count: view.publishedAtZero().length,
        least: 1,
        of: 'published at zero',
        remedy: 'let minReplicaCount be 0, and quick.cooldownPeriod of the workload be short',
      },
      {
        count: effects,
        least: 1,
        of: 'took effect',
        remedy: 'let effects of its consumer name the table and columns that the pods write',
      },
      { count: lag.peak(0, Number.POSITIVE_INFINITY), least: 0, of: 'waited at most' },
      {
        count: scalingFigures(view).maxReplicas,
        least: several ? 2 : 0,
        of: 'replicas at once',
        remedy: 'lower lagThreshold, or raise maxReplicaCount',
      },
    ]
  },
})
