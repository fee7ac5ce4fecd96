import type { Figures } from '../../../proof/figures.ts'
import { type Producer, producersOf } from '../../../proof/history/producers.ts'
import { keyOf } from './consumed-event.ts'
import type { ConsumerView } from './consumer-view.ts'
import { ownersOf } from './group-log.ts'
import { unmovedWait } from './unmoved.ts'

/** What a consumer counted. */
export interface ConsumerFigures extends Figures {
  readonly of: 'consumer'
  /** Different events, and the records that carried them. */
  readonly events: number
  readonly records: number
  readonly effects: number
  /** Records of the declared topic whose event had been delivered before. */
  readonly redeliveries: number
  /** Records on retry topics and on the dead-letter topic. */
  readonly retries: number
  readonly deadLetters: number
  readonly keys: number
  /** Records on each partition of the declared topic, by its number. */
  readonly perPartition: readonly number[]
  /** Generations of the group after the first in which every partition was owned. */
  readonly rebalances: number
  /**
   * Milliseconds: the longest wait of an event on a partition that kept its owner while the group was restarted member by
   * member. Null where it was not.
   */
  readonly unmovedWait: number | null
  /** Offset commits of the group. */
  readonly commits: number
  /** What the service's clients asked for. One that asked in several ways is there as often. */
  readonly clients: readonly AskedSettings[]
  /** Those that it stores retries, dead letters and outputs with. */
  readonly producers: readonly Producer[]
  readonly cadences: readonly Cadence[]
}

/** What one client asked for, or was told, and where that was read. */
export interface AskedSettings {
  readonly clientId: string
  readonly software: string | null
  readonly settings: Readonly<Record<string, string | number | boolean | null>>
  readonly api: string
  readonly apiVersions?: readonly number[]
  /** Whether it asked as a member of the declared group; absent where no group was asked for anything. */
  readonly group?: 'declared' | 'another'
}

/** How often a member of the declared group said something. */
export interface Cadence {
  readonly clientId: string
  readonly software: string | null
  readonly api: string
  readonly count: number
  /** Milliseconds; a tenth of the intervals are shorter than `short`, a tenth longer than `long`. */
  readonly median: number
  readonly short: number
  readonly long: number
}

export function isConsumerFigures(figures: Figures): figures is ConsumerFigures {
  return figures.of === 'consumer'
}

/** The counts of a report. */
export function consumerFigures(view: ConsumerView): ConsumerFigures {
  const delivered = view.consumed.filter(({ deliveries }) => deliveries.length > 0)
  const records = view.topics.deliveries.length
  return {
    of: 'consumer',
    events: delivered.length,
    records,
    effects: view.consumed.reduce((sum, event) => sum + view.timesApplied(event), 0),
    redeliveries: delivered.reduce((sum, { deliveries }) => sum + deliveries.length - 1, 0),
    retries: view.topics.retries.length,
    deadLetters: view.topics.deadLetters.length,
    keys: new Set(delivered.map(keyOf)).size,
    perPartition: perPartition(view),
    rebalances: rebalances(view),
    unmovedWait: unmovedWait(view),
    commits: view.group.count,
    clients: clientsOf(view),
    producers: producersOf(view.requests),
    cadences: cadencesOf(view),
    milliseconds: view.lastAt - (view.events[0]?.at ?? 0),
  }
}

/** As many numbers as the topic has partitions, as far as anybody told. */
function perPartition({ topics: { main, deliveries } }: ConsumerView): number[] {
  const records = Array.from({ length: main.partitions?.count ?? main.ends.size }, () => 0)
  for (const { record } of deliveries) records[record.partition] = (records[record.partition] ?? 0) + 1
  return Array.from(records, (count) => count ?? 0)
}

/** Generations after the first in which every partition of the topic was owned. */
function rebalances({ group, plan, topics }: ConsumerView): number {
  const partitions = topics.main.ends.size
  const whole = group.generations.findIndex(
    (generation) => ownersOf(generation, plan.consumer.topic).size >= Math.max(1, partitions),
  )
  if (whole < 0) return 0
  const first = group.generations[whole]?.generation ?? 0
  return new Set(
    group.generations.slice(whole + 1).flatMap(({ generation }) => (generation > first ? [generation] : [])),
  ).size
}

/** One line for each client, API and set of settings, whatever the version: none covers up another. */
function clientsOf({ asked, plan }: ConsumerView): ConsumerFigures['clients'] {
  const clients = new Map<string, AskedSettings>()
  for (const { clientId, software, api, apiVersion, group, settings } of asked) {
    const of = group === undefined ? {} : { group: groupOf(group, plan.consumer.group) }
    const name = JSON.stringify([clientId, software, api, of, settings])
    const apiVersions = new Set([
      ...(clients.get(name)?.apiVersions ?? []),
      ...(apiVersion === undefined ? [] : [apiVersion]),
    ])
    clients.set(name, { clientId, software, settings, api, apiVersions: [...apiVersions], ...of })
  }
  return [...clients.values()]
}

function groupOf(group: string, declared: string): 'declared' | 'another' {
  return group === declared ? 'declared' : 'another'
}

function cadencesOf({ cadences, plan }: ConsumerView): ConsumerFigures['cadences'] {
  return cadences.flatMap(({ clientId, software, api, group, count, median, short, long }) =>
    group !== plan.consumer.group || median === null || short === null || long === null
      ? []
      : [{ clientId, software, api, count, median, short, long }],
  )
}
