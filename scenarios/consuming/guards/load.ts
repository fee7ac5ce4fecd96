import { load as guard } from '../../../proof/guards/load.ts'
import { keyOf } from '../view/consumed-event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { lifeOf } from './flow.ts'

/** Guard 2: enough events and keys, on more than one partition, while the faults were there and after them. */
export const load = guard<ConsumerView>({
  lives: (view) => delivered(view).map((event) => lifeOf(event, view)),
  after: { end: 'placed', word: 'placed' },
  amounts(view) {
    const { events, keys } = view.plan.bounds
    const { deliveries, main } = view.topics
    const partitions = new Set(deliveries.map(({ record }) => record.partition)).size
    return [
      { count: delivered(view).length, least: events, of: 'events' },
      {
        count: new Set(delivered(view).map(keyOf)).size,
        least: keys,
        of: 'keys',
        remedy: "let event.key be '{key}', or leave it out",
      },
      {
        count: partitions,
        least: Math.min(2, main.ends.size),
        of: 'partitions',
        remedy: "let event.key be '{key}', or raise partitions of the consumer",
      },
    ]
  },
})

function delivered({ consumed }: ConsumerView) {
  return consumed.filter(({ deliveries }) => deliveries.length > 0)
}
