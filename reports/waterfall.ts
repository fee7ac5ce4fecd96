import type { HistoryEvent } from '../proof/history/event.ts'
import { traceContextOf } from '../proof/history/trace-context.ts'

/** Something that happened in a trace. `from` and `to` count from its first one, in milliseconds. */
export interface Happening {
  readonly says: string
  readonly by: string
  readonly from: number
  readonly to: number
  readonly how: 'span' | 'failed' | 'record'
}

export interface Waterfall {
  readonly traceId: string
  readonly happenings: readonly Happening[]
}

interface Dated extends Omit<Happening, 'from' | 'to'> {
  readonly traceId: string
  /** Wall clock: services and the broker of a sandbox share one. */
  readonly startedAt: number
  readonly endedAt: number
}

/** Rows that a picture has room for. */
const MOST = 12

/** The trace of which there is most to tell: the most spans and records. Undefined where no span was exported. */
export function waterfallOf(events: readonly HistoryEvent[], header: string): Waterfall | undefined {
  const dated = events.flatMap((event) => datedOf(event, header))
  const traces = [...Map.groupBy(dated, ({ traceId }) => traceId)]
  const told = traces.filter(([, all]) => all.some(({ how }) => how !== 'record'))
  const [longest] = told.sort(([, a], [, b]) => b.length - a.length)
  if (longest === undefined) return undefined
  const [traceId, all] = longest
  const first = Math.min(...all.map(({ startedAt }) => startedAt))
  const happenings = all
    .toSorted((a, b) => a.startedAt - b.startedAt)
    .slice(0, MOST)
    .map(({ says, by, how, startedAt, endedAt }) => ({
      ...{ says, by, how },
      from: startedAt - first,
      to: endedAt - first,
    }))
  return { traceId, happenings }
}

function datedOf(event: HistoryEvent, header: string): readonly Dated[] {
  if (event.kind === 'span') {
    const { traceId, name, service, failed, startedAt, endedAt } = event
    return [{ traceId, says: name, by: service, how: failed ? 'failed' : 'span', startedAt, endedAt }]
  }
  if (event.kind !== 'k.record') return []
  const context = traceContextOf(event.headers[header] ?? '')
  if (typeof context === 'string') return []
  const { topic, partition, offset, timestamp } = event
  const place = { by: `${topic.slice(topic.indexOf('.') + 1)}/${partition}@${offset}`, says: 'record' }
  return [{ traceId: context.traceId, ...place, how: 'record', startedAt: timestamp, endedAt: timestamp }]
}
