import type { Counterexample } from '../proof/finding.ts'
import type { HistoryEvent } from '../proof/history/event.ts'
import { historyEvents } from './history-events.ts'
import type { CounterexampleEvent } from './report.ts'

/** How far from the counterexample, in `seq`, an event of the same key still explains something. */
const NEAR = 400
/** Rows of a timeline beyond the counterexample itself. */
const AROUND = 18
const COUNTEREXAMPLE_LIMIT = 40
const FAULT_LIMIT = 5000

/** Kinds that say what was done to the system; told where they lie near. */
const CONTEXT = /^(?:fault\.|gate\.|proc$|k\.group$|k8s\.event$)/

/**
 * Streams a history once and picks what the observers name, with the events of the same id or key and the
 * faults around them. Lines that no counterexample can need are not parsed, so a long history costs little more
 * than reading it.
 * @throws {RunUnreadable} for a missing history or a damaged line; an unfinished last line (the writer died)
 * is passed over.
 */
export async function counterexampleEvents(
  path: string,
  observers: readonly Counterexample[],
): Promise<Map<Counterexample, readonly CounterexampleEvent[]>> {
  const searches = observers.map((counterexample) => new Search(counterexample))
  const faults: HistoryEvent[] = []
  if (searches.length > 0) {
    const needed = (line: string) => {
      const seq = Number(/"seq":\s*(\d+)/.exec(line)?.[1] ?? -1)
      return (
        (faults.length < FAULT_LIMIT && line.includes('"fault.')) ||
        searches.some((search) => search.wants(seq, line))
      )
    }
    for await (const { event, line } of historyEvents(path, needed)) {
      if (event.kind.startsWith('fault.')) faults.push(event)
      for (const search of searches) if (search.wants(event.seq, line)) search.take(event)
    }
  }
  return new Map(searches.map((search) => [search.counterexample, search.result(faults)]))
}

class Search {
  readonly counterexample: Counterexample
  private readonly wanted: ReadonlySet<number>
  private readonly from: number
  private readonly to: number
  private readonly found: HistoryEvent[] = []
  private readonly same: HistoryEvent[] = []
  private readonly near: HistoryEvent[] = []

  constructor(counterexample: Counterexample) {
    this.counterexample = counterexample
    this.wanted = new Set(counterexample.events.slice(0, COUNTEREXAMPLE_LIMIT))
    this.from = Math.min(...this.wanted) - NEAR
    this.to = Math.max(...this.wanted) + NEAR
  }

  wants(seq: number, line: string): boolean {
    if (this.wanted.has(seq)) return true
    const { eventId } = this.counterexample.subject
    return (seq >= this.from && seq <= this.to) || (eventId !== undefined && line.includes(quoted(eventId)))
  }

  take(event: HistoryEvent): void {
    const { eventId, key } = this.counterexample.subject
    if (this.wanted.has(event.seq)) this.found.push(event)
    else if (this.same.length + this.near.length > 4 * NEAR) return
    else if (CONTEXT.test(event.kind)) this.near.push(event)
    else if (TELLING.has(event.kind)) {
      const text = JSON.stringify(event)
      if (eventId !== undefined && text.includes(quoted(eventId))) this.same.push(event)
      else if (key !== undefined && text.includes(quoted(key))) this.near.push(event)
    }
  }

  result(faults: readonly HistoryEvent[]): CounterexampleEvent[] {
    const scenario = this.found[0]?.scenario
    const first = Math.min(...this.found.map((event) => event.seq))
    const last = Math.max(...this.found.map((event) => event.seq))
    const distance = ({ seq }: HistoryEvent) => Math.max(first - seq, seq - last, 0)
    const mine = (event: HistoryEvent) => event.scenario === scenario
    const near = this.near.filter(mine).sort((a, b) => distance(a) - distance(b))
    const bands = faults.filter((event) => mine(event) && !this.wanted.has(event.seq))
    const nearFaults = bands.sort((a, b) => distance(a) - distance(b)).slice(0, 6)
    const around = [
      ...new Map([...this.same.filter(mine), ...nearFaults, ...near].map((e) => [e.seq, e])).values(),
    ]
    return [
      ...this.found.map((event) => ({ event, counterexample: true })),
      ...around.slice(0, AROUND).map((event) => ({ event, counterexample: false })),
    ].sort((a, b) => a.event.seq - b.event.seq)
  }
}

/** Kinds that tell the story of an event or a key; samples and bookkeeping do not. */
const TELLING: ReadonlySet<string> = new Set([
  'op.invoke',
  'pg.tx',
  'pg.message',
  'k.record',
  'input',
  'call',
])

function quoted(text: string): string {
  return JSON.stringify(text)
}
