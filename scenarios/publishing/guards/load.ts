import { load as guard } from '../../../proof/guards/load.ts'
import type { PublisherView } from '../view/publisher-view.ts'
import { flow } from './flow.ts'

/** Guard 2: enough events and aggregates, on more than one partition, while the faults were there and after them. */
export const load = guard<PublisherView>({
  lives: flow.lives,
  after: { end: 'placed', word: 'committed' },
  amounts(view) {
    const { events, keys } = view.plan.bounds
    const expected = view.expectedEvents()
    const aggregates = new Set(expected.map(({ key }) => key)).size
    const partitions = new Set(view.records.map(({ record }) => record.partition)).size
    return [
      { count: expected.length, least: events, of: 'events' },
      { count: aggregates, least: keys, of: 'aggregates' },
      { count: partitions, least: Math.min(2, view.coverage.ends.size), of: 'partitions' },
    ]
  },
})
