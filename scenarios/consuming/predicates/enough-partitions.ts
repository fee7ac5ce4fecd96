import { counterexample, held, unknown, violated } from '../../../proof/findings.ts'
import { mutated } from '../../../proof/mutation.ts'
import { predicate } from '../predicate.ts'

/**
 * CG3. The topic has a partition for each worker that is declared.
 *
 * What can violate it: more workers than partitions. A partition has one owner in a group, so the others wait for
 * ever and cost what they cost.
 * How it is seen: in the number of partitions that the topic has, against the declared `workers`. Asked only where
 * they are declared: how many members came together here says nothing, for the harness starts as many as it needs.
 */
export const enoughPartitions = predicate({
  id: 'CG3',
  title: 'room',
  claim: 'every worker can own a partition',
  promise: 'Every worker that is declared can own a partition.',
  formal:
    'the topic has at least as many partitions as `workers` are declared; asked only where they are. Replicas above the partitions are SZ5 and SZ7',
  expectation: 'declared',
  controls: ['C3'],
  violations: {
    'idle-workers': {},
  },
  undeclared: ({ plan }) => (plan.consumer.workers === undefined ? 'no workers are declared' : undefined),
  check(view) {
    const { workers, topic, name } = view.plan.consumer
    if (workers === undefined) return held(this.id, 0)
    const partitions = view.topics.main.partitions
    if (partitions === undefined)
      return unknown(this.id, `nobody told how many partitions ${topic} has: run it again, with --jobs 1`)
    if (workers <= partitions.count) return held(this.id, 1)
    const says = `${name} declares ${workers} workers, and ${topic} has ${partitions.count} partitions: ${workers - partitions.count} of them can own none`
    return violated(this.id, 'idle-workers', counterexample(says, [partitions.seq], {}, 'B'))
  },
  /** The topic has a partition less than there are workers. */
  mutation: {
    says: 'take partitions away until one worker is left without',
    applies: ({ plan }) => (plan.consumer.workers ?? 0) > 0,
    apply({ events, plan }) {
      const { topic, workers = 0 } = plan.consumer
      const replaced = events.flatMap((event) =>
        event.kind === 'fact' && event.name === 'topic.partitions' && event.subject === topic
          ? [{ ...event, value: workers - 1 }]
          : [],
      )
      return replaced.length === 0 ? undefined : mutated(events, { replaced })
    },
  },
})
