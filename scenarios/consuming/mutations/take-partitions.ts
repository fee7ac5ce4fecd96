import type { ConsumerView } from '../view/consumer-view.ts'
import { type Edit, edited } from '../../../proof/mutation.ts'

/** CG3: the topic has a partition less than there are workers. */
export const takePartitions: Edit<ConsumerView> = {
  checker: 'CG3',
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
    return replaced.length === 0 ? undefined : edited(events, { replaced })
  },
}
