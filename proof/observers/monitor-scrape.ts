import parseText from 'parse-prometheus-text-format'
import { messageOf } from '../../core/error.ts'
import type { EventOf } from '../history/event.ts'
import type { ToldLag } from '../history/lag-kinds.ts'

/** Where a monitor says how much waits for a group on a topic. */
export interface MonitoredLag {
  readonly metric: string
  /** Names of the labels that say whose lag it is; without `partition` it is a sum over all of them. */
  readonly labels: { readonly group: string; readonly topic: string; readonly partition?: string }
  readonly group: string
  readonly topic: string
}

type Told = Pick<EventOf<'lag.told'>, 'status' | 'lags' | 'reason'>

/** Milliseconds for an answer: Prometheus' own limit is 10 s. */
const PATIENCE = 3_000

/** Asks a monitor once, as Prometheus does. */
export async function scrape(url: string, wanted: MonitoredLag): Promise<Told> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE) })
    const text = await response.text()
    return { status: response.status, lags: response.ok ? lagsIn(text, wanted) : [] }
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error
    return { status: 0, lags: [], reason: messageOf(cause) }
  }
}

/** The numbers in Prometheus' text format that are about this group and topic, each partition once: samples add up. */
export function lagsIn(text: string, { metric, labels, group, topic }: MonitoredLag): readonly ToldLag[] {
  const told = new Map<number | null, number>()
  for (const { name, metrics } of parseText(text)) {
    if (name !== metric) continue
    for (const { value, labels: said = {} } of metrics) {
      const lag = Number(value)
      if (said[labels.group] !== group || said[labels.topic] !== topic || !Number.isFinite(lag)) continue
      const partition = labels.partition === undefined ? null : Number(said[labels.partition])
      told.set(partition, (told.get(partition) ?? 0) + lag)
    }
  }
  return [...told].map(([partition, lag]) => ({ partition, lag }))
}
