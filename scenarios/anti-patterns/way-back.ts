import type { Observed, ReadingAcross } from '../../proof/anti-pattern.ts'
import type { TopicUse } from '../../proof/observation.ts'
import { antiPattern } from './anti-pattern.ts'

/** One step from a service to another. */
interface Way {
  readonly from: string
  readonly to: string
  readonly by: string
  readonly one: Observed
  readonly seq: number | undefined
}

const CHANGES = /^(POST|PUT|PATCH|DELETE) /

/**
 * A consumer that calls its producer: the way back of an event to where it came from, over a topic that it announces on
 * or by a call that changes something. Asking the producer for details is none: it ends there. Retries, dead letters and
 * redrives hand on what is there already, and are none either.
 */
export const wayBack = antiPattern({
  id: 'way-back',
  title: 'consumer calls its producer',
  definition: 'What a consumer does because of an event leads back to the service that published it.',
  harm: 'Both depend on each other, and one event can go round for ever.',
  remedy: 'Let the chain of events run one way, as a choreographed saga, or let one service conduct it.',
  threshold: { value: 1, of: 'ways back' },
  look({ events }) {
    const seen = events.some(({ kind }) => kind === 'k.client' || kind === 'k.commit')
    if (!seen) return { blind: 'no request of its clients was seen' }
    return { readings: [{ at: 'its topics', value: 0, says: 'no way back was seen', events: [] }] }
  },
  across(observed) {
    const ways = [...overTopics(observed), ...byCalls(observed)]
    return loopsIn(ways).map(({ path, one, seqs }): ReadingAcross => {
      const at = path.map(({ from, by }) => `${from} → ${by}`).join(' → ')
      const says = `an event comes back: ${at} → ${path[0]?.from}`
      return { scenario: one.scenario, subject: one.subject, at, value: 1, says, events: seqs }
    })
  },
})

/**
 * From who announces on a topic to who handles its events. A service that reads what it announces itself, to keep a
 * view of it, goes round only where the same consumer does both.
 */
function overTopics(observed: readonly Observed[]): readonly Way[] {
  return observed.flatMap((one) =>
    one.observation.topics.filter(announces).flatMap(({ topic, seq }) =>
      observed
        .filter(({ observation }) => observation.consumes === topic)
        .filter((other) => other.subject === one.subject || serviceOf(other) !== serviceOf(one))
        .map((other): Way => ({ from: serviceOf(one), to: serviceOf(other), by: topic, one, seq })),
    ),
  )
}

/** A topic whose records were not read may hold anything. */
function announces({ announced, writers, logged }: TopicUse): boolean {
  return logged ? announced > 0 : writers.length > 0
}

function byCalls(observed: readonly Observed[]): readonly Way[] {
  return observed.flatMap((one) =>
    (one.observation.calls ?? []).flatMap(({ request, seq }) => {
      if (!CHANGES.test(request)) return []
      const called = observed.find(({ observation }) =>
        observation.takes?.some((taken) => matches(request, taken)),
      )
      return called === undefined
        ? []
        : [{ from: serviceOf(one), to: serviceOf(called), by: request, one, seq }]
    }),
  )
}

/** `PUT /orders/17` and `PUT /orders/{key}`. */
function matches(request: string, taken: string): boolean {
  const [asked, declared] = [request.split('/'), taken.split('/')]
  return (
    asked.length === declared.length && declared.every((part, n) => part.includes('{') || part === asked[n])
  )
}

function serviceOf({ subject, observation }: Observed): string {
  return observation.service ?? subject
}

/** Each once, by the services on it; the shortest ones. */
function loopsIn(ways: readonly Way[]) {
  const first = new Map<string, Way>()
  for (const way of ways) {
    const key = JSON.stringify([way.from, way.to, way.by])
    if (!first.has(key)) first.set(key, way)
  }
  const edges = [...first.values()]
  const found = new Map<string, { path: readonly Way[]; one: Observed; seqs: number[] }>()
  for (const start of edges) {
    const path = shortest(start, edges)
    if (path === undefined) continue
    const key = JSON.stringify(path.map(({ from, by }) => [from, by]).sort())
    const seqs = path.flatMap(({ one, seq }) => (one === start.one && seq !== undefined ? [seq] : []))
    if (!found.has(key)) found.set(key, { path, one: start.one, seqs })
  }
  return [...found.values()]
}

/** From where an edge leads back to where it began. */
function shortest(start: Way, edges: readonly Way[]): readonly Way[] | undefined {
  let reached: (readonly Way[])[] = [[start]]
  const seen = new Set<string>()
  while (reached.length > 0) {
    const back = reached.find((path) => path.at(-1)?.to === start.from)
    if (back !== undefined) return back
    reached = reached.flatMap((path) => {
      const at = path.at(-1)?.to ?? ''
      if (seen.has(at)) return []
      seen.add(at)
      return edges.filter(({ from }) => from === at).map((next) => [...path, next])
    })
  }
  return undefined
}
