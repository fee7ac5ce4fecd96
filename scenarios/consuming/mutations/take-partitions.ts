import { type Mutation, mutated } from '../../../proof/mutation.ts'
import type { ConsumerView } from '../view/consumer-view.ts'

/** CG3: the topic has a partition less than there are workers. */
export const takePartitions: Mutation<ConsumerView> = {
  predicate: 'CG3',
  says: 'take partitions away until one worker is left without',
  names: ['idle-workers'],
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
}
