import { counterexample, held, violated } from '../../../proof/findings.ts'
import { mutated } from '../../../proof/mutation.ts'
import { predicate } from '../predicate.ts'
import { withReplicas } from './at-rest.ts'

/**
 * SZ5. No pod is started that can own no partition.
 *
 * What can violate it: a minimum above the partitions, a second trigger, someone else who scales.
 * What is allowed: KEDA caps only where lag divided by threshold, rounded down, passes the number of partitions; the
 * autoscaler rounds up. A lag just above partitions × threshold so asks for one replica more, as was measured (5 for
 * 4 partitions), and every larger lag passes through that range. `allowIdleConsumers` asks for more on purpose.
 */
export const boundedReplicas = predicate({
  id: 'SZ5',
  title: 'bound',
  claim: 'it never has more replicas than partitions',
  promise: 'No more replicas run than there are partitions to own.',
  formal: 'replicas ≤ partitions, unless `allowIdleConsumers`',
  controls: ['O1'],
  violations: {
    'idle-consumers': {},
  },
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
  /** More replicas than partitions, by more than KEDA's rounding. */
  mutation: {
    says: 'run two replicas more than there are partitions',
    applies: (view) => !view.plan.scaling.allowIdleConsumers,
    apply(view) {
      const last = view.samples.at(-1)
      return (
        last && mutated(view.events, { replaced: [withReplicas(last, view.plan.scaling.partitions + 2)] })
      )
    },
  },
})
