import { nameOf } from '../../../proof/findings.ts'
import type { Seen } from '../../anti-patterns/anti-pattern.ts'
import type { PublisherView } from './publisher-view.ts'

/** What anti-patterns are looked for in. */
export function seenIn(view: PublisherView): Seen {
  const { state, relay, takes = [] } = view.plan.publisher
  return {
    events: view.events,
    whole: view.end?.completed === true,
    onTopics: view.onTopics,
    publishes: {
      table: state.table,
      captured: relay === 'debezium',
      takes,
      changes: view.transactions
        .filter(({ expected }) => expected.length > 0)
        .map(({ event, expected }) => ({
          seq: event.seq,
          events: expected.map((each) => ({
            source: each.source,
            name: nameOf({ id: each.id ?? each.records[0]?.id, key: each.key }),
            key: each.key,
            records: each.records,
          })),
        })),
    },
  }
}
