import { counterexample, held, violated } from '../../../proof/findings.ts'
import type { Predicate } from '../../../proof/predicate.ts'
import type { ScalingView } from '../view/scaling-view.ts'

/**
 * SZ5. No pod is started that can own no partition.
 *
 * What can violate it: a minimum above the partitions, a second trigger, someone else who scales.
 * What is allowed: KEDA caps only where lag divided by threshold, rounded down, passes the number of partitions; the
 * autoscaler rounds up. A lag just above partitions × threshold so asks for one replica more, as was measured (5 for
 * 4 partitions), and every larger lag passes through that range. `allowIdleConsumers` asks for more on purpose.
 */
export const boundedReplicas: Predicate<ScalingView> = {
  id: 'SZ5',
  promise: 'no more replicas than partitions',
  names: ['idle-consumers'],
  undeclared: ({ plan }) =>
    plan.scaling.allowIdleConsumers ? 'idle consumers are wanted (allowIdleConsumers)' : undefined,
  check(view) {
    const { allowIdleConsumers, partitions, lagThreshold, deployment } = view.plan.scaling
    if (allowIdleConsumers) return held(this.id, 0)
    const looks = [...view.replicas.readings, ...view.samples].sort((a, b) => a.seq - b.seq)
    for (const { seq, replicas } of looks) {
      if (replicas <= partitions) continue
      const since = view.replicas.spans.findLast(({ zero, from }) => zero && from.seq <= seq)?.from.seq ?? 0
      const peak = view.lag.peak(since, view.lag.known(seq))
      if (replicas === partitions + 1 && peak > partitions * lagThreshold) continue
      const says = `${deployment} ran ${replicas} replicas for ${partitions} partitions, with at most ${peak} events waiting`
      return violated(this.id, 'idle-consumers', counterexample(says, [since, seq].filter(Boolean)))
    }
    return held(this.id, looks.length)
  },
}
