import parseText from 'parse-prometheus-text-format'
import { messageOf } from '../../core/error.ts'
import type { ToldBacklog } from '../history/backlog-kinds.ts'
import type { EventOf } from '../history/event.ts'

/** Where a monitor says how much waits of a backlog. */
export interface ReportedBacklog {
  /** The backlog's name. */
  readonly of: string
  readonly metric: string
  /** Labels, and the values that they have where a sample is about it. */
  readonly labels: Readonly<Record<string, string>>
  /** The label that tells its parts apart; without it the metric is a sum over all of them. */
  readonly part?: string
}

type Told = Pick<EventOf<'backlog.told'>, 'status' | 'told' | 'reason'>

/** Milliseconds for an answer: Prometheus' own limit is 10 s. */
const PATIENCE = 3_000

/** Asks a monitor once, as Prometheus does. */
export async function scrape(url: string, wanted: readonly ReportedBacklog[]): Promise<Told> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE) })
    const text = await response.text()
    return { status: response.status, told: response.ok ? backlogsIn(text, wanted) : [] }
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error
    return { status: 0, told: [], reason: messageOf(cause) }
  }
}

/** The numbers in Prometheus' text format that are about these backlogs, each part once: samples add up. */
export function backlogsIn(text: string, wanted: readonly ReportedBacklog[]): readonly ToldBacklog[] {
  const families = parseText(text)
  return wanted.flatMap(({ of: backlog, metric, labels, part: partLabel }) => {
    const told = new Map<string | null, number>()
    const samples = families.flatMap(({ name, metrics }) => (name === metric ? metrics : []))
    for (const { value, labels: said = {} } of samples) {
      const waits = Number(value)
      const about = Object.entries(labels).every(([label, wanted]) => said[label] === wanted)
      if (!about || !Number.isFinite(waits)) continue
      const part = partLabel === undefined ? null : (said[partLabel] ?? '')
      told.set(part, (told.get(part) ?? 0) + waits)
    }
    return [...told].map(([part, waits]) => ({ backlog, part, waits }))
  })
}
