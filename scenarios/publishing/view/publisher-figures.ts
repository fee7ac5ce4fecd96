import type { Figures } from '../../../proof/figures.ts'
import type { EventOf } from '../../../proof/history/event.ts'
import { type Producer, producersOf } from '../../../proof/history/producers.ts'
import type { PublisherView } from './publisher-view.ts'

/** What a publisher counted. */
export interface PublisherFigures extends Figures {
  readonly of: 'publisher'
  readonly commands: number
  readonly committed: number
  readonly rolledBack: number
  readonly events: number
  readonly records: number
  readonly duplicates: number
  readonly keys: number
  /** Bytes of record values. */
  readonly payload: { readonly p50: number; readonly p99: number; readonly max: number }
  /** Each with the weakest setting that it was seen with. */
  readonly clients: readonly Producer[]
  /** The only ones that it is asked about, where its config says so. */
  readonly controls?: readonly string[]
}

export function isPublisherFigures(figures: Figures): figures is PublisherFigures {
  return figures.of === 'publisher'
}

/** The counts of a report. */
export function publisherFigures(view: PublisherView): PublisherFigures {
  const { controls } = view.plan.publisher
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
    clients: producersOf(view.requests.filter(isOn(view.plan.publisher.topic))),
    ...(controls === undefined ? {} : { controls }),
    milliseconds: view.lastAt - (view.events[0]?.at ?? 0),
  }
}

/** For a topic; one without a name may be for it. */
function isOn(topic: string) {
  return ({ topics }: EventOf<'k.client'>) => topics.length === 0 || topics.includes(topic)
}
