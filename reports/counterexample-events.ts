import type { Counterexample } from '../proof/finding.ts'
import type { HistoryEvent } from '../proof/history/event.ts'
import type { HistoryReader } from './history-pass.ts'
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
 * Picks what counterexamples name, with the events of the same id or key and the faults around them. Of a scenario's
 * faults those that lie far away are told as well: they were in force all the while.
 */
export class CounterexampleEvents implements HistoryReader {
  readonly #searches: readonly Search[]
  readonly #faults: HistoryEvent[] = []

  constructor(counterexamples: readonly Counterexample[]) {
    this.#searches = counterexamples.map((counterexample) => new Search(counterexample))
  }

  wants(seq: number, line: string): boolean {
    return (
      (this.#faults.length < FAULT_LIMIT && line.includes('"fault.')) ||
      this.#searches.some((search) => search.wants(seq, line))
    )
  }

  take(event: HistoryEvent, line: string): void {
    if (event.kind.startsWith('fault.')) this.#faults.push(event)
    for (const search of this.#searches) if (search.wants(event.seq, line)) search.take(event)
  }

  /** By `seq`; nothing of a counterexample that was not asked for. */
  of(counterexample: Counterexample): readonly CounterexampleEvent[] {
    return this.#searches.find((each) => each.counterexample === counterexample)?.result(this.#faults) ?? []
  }
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
