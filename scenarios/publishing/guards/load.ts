import { load as guard } from '../../../proof/guards/load.ts'
import type { PublisherView } from '../view/publisher-view.ts'
import { flow } from './flow.ts'

/** Guard 2: enough events and aggregates, on more than one partition where keys spread them, while the faults were there and after them. */
export const load = guard<PublisherView>({
  lives: flow.lives,
  after: { end: 'placed', word: 'committed' },
  amounts(view) {
    const { events, keys } = view.plan.bounds
    const expected = view.expectedEvents()
    const aggregates = new Set(expected.map(({ key }) => key)).size
    const partitions = new Set(view.records.map(({ record }) => record.partition)).size
    const spread = isSpreadByKey(view) ? Math.min(2, view.coverage.ends.size) : 0
    return [
      { count: expected.length, least: events, of: 'events', ...refusals(view) },
      { count: aggregates, least: keys, of: 'aggregates' },
      {
        count: partitions,
        least: spread,
        of: 'partitions',
        remedy:
          "key records by their aggregate, let more commands be sent (--events), or say order: 'none' of the publisher where no reader needs an order",
      },
    ]
  },
})

/** Why there may be fewer than were asked for. */
function refusals({ commands }: PublisherView): { readonly remedy?: string } {
  const answers = commands.all.flatMap(({ invoke, outcome }) =>
    outcome?.kind === 'op.fail' && !invoke.refused ? [outcome] : [],
  )
  const [first] = answers
  if (first === undefined) return { remedy: 'let more commands be sent (--events)' }
  const said = first.reason.slice(0, 80).trim()
  return {
    remedy: `the service refused ${answers.length} of ${commands.all.length} commands (HTTP ${first.status}${said === '' ? '' : `: ${said}`}); let command.http, and command.again where it is declared, be what it takes at any time, or let more commands be sent (--events)`,
  }
}

/** A record without a key goes where its producer likes: one of a small load's partitions says nothing of the others. */
function isSpreadByKey({ plan, records }: PublisherView): boolean {
  return plan.publisher.order !== 'none' && records.some(({ record }) => record.key !== null)
}
