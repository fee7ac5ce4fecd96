import { counterexample, held, unknown, violated } from '../../../proof/findings.ts'
import type { Predicate } from '../../../proof/predicate.ts'
import type { ConsumerView } from '../view/consumer-view.ts'

/**
 * CG3. The topic has a partition for each worker that is declared.
 *
 * What can violate it: more workers than partitions. A partition has one owner in a group, so the others wait for
 * ever and cost what they cost.
 * How it is seen: in the number of partitions that the topic has, against the declared `workers`. Asked only where
 * they are declared: how many members came together here says nothing, for the harness starts as many as it needs.
 */
export const enoughPartitions: Predicate<ConsumerView> = {
  id: 'CG3',
  promise: 'every worker can own a partition',
  names: ['idle-workers'],
  undeclared: ({ plan }) => (plan.consumer.workers === undefined ? 'no workers are declared' : undefined),
  check(view) {
    const { workers, topic, name } = view.plan.consumer
    if (workers === undefined) return held(this.id, 0)
    const partitions = view.topics.main.partitions
    if (partitions === undefined) return unknown(this.id, `nobody told how many partitions ${topic} has`)
    if (workers <= partitions.count) return held(this.id, 1)
    const says = `${name} declares ${workers} workers, and ${topic} has ${partitions.count} partitions: ${workers - partitions.count} of them can own none`
    return violated(this.id, 'idle-workers', counterexample(says, [partitions.seq], {}, 'B'))
  },
}
