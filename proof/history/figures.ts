import type { PublisherFigures } from '../figures.ts'
import type { PublisherView } from './publisher-view.ts'

/** The counts of a report. */
export function figuresOf(view: PublisherView): PublisherFigures {
  const expected = view.expectedEvents()
  const visible = view.records.filter(({ fate }) => fate === 'visible')
  const sizes = visible.map(({ record }) => Math.max(0, record.valueBytes)).sort((a, b) => a - b)
  const quantile = (share: number) => sizes[Math.min(sizes.length - 1, Math.floor(share * sizes.length))] ?? 0
  const committed = view.commands.all.filter(({ tx }) => tx !== undefined).length
  const open = view.commands.all.filter(({ tx, outcome }) => tx === undefined && outcome === undefined).length
  return {
    of: 'publisher',
    commands: view.commands.all.length,
    committed,
    rolledBack: view.commands.all.length - committed - open,
    events: expected.length,
    records: visible.length,
    duplicates: expected.reduce((sum, { records }) => sum + Math.max(0, records.length - 1), 0),
    keys: new Set(expected.map(({ key }) => key)).size,
    payload: { p50: quantile(0.5), p99: quantile(0.99), max: sizes.at(-1) ?? 0 },
    clients: clientsOf(view),
    milliseconds: view.lastAt - (view.events[0]?.at ?? 0),
  }
}

/** Producers of the declared topic, each with the weakest setting that it was seen with. */
function clientsOf(view: PublisherView): PublisherFigures['clients'] {
  const clients = new Map<string, PublisherFigures['clients'][number]>()
  for (const { clientId, software, apiVersion, acks, idempotent, topics } of view.clients) {
    if (topics.length > 0 && !topics.includes(view.plan.publisher.topic)) continue
    const known = clients.get(clientId)
    clients.set(clientId, {
      clientId,
      ...(software === undefined ? {} : { software }),
      apiVersion,
      acks: known === undefined || (known.acks === -1 && acks !== -1) ? acks : known.acks,
      idempotent: idempotent && (known?.idempotent ?? true),
    })
  }
  return [...clients.values()]
}
