import type { AskedSettings, ConsumerFigures } from '../../../proof/figures.ts'
import { producersOf } from '../../../proof/history/producers.ts'
import { keyOf } from './consumed-event.ts'
import type { ConsumerView } from './consumer-view.ts'
import { ownersOf } from './group-log.ts'
import { unmovedWait } from './unmoved.ts'

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
    producers: producersOf(view.producing),
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
