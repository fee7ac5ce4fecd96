import { Coverage } from '../../../proof/history/coverage.ts'
import { Disturbances } from '../../../proof/history/disturbances.ts'
import type { EventOf, HistoryEvent } from '../../../proof/history/event.ts'
import type { View } from '../../../proof/history/view.ts'
import type { MonitoringPlan } from '../plan.ts'
import { type Turn, turnsOf } from './alert-state.ts'
import { type Look, type Waited, waitedInAll } from './waited.ts'

export type Told = EventOf<'lag.told'>

/** What a monitor said, between two looks at what is so. */
export interface Judged {
  readonly told: Told
  /** The last one that what it says can not be older than. */
  readonly before: Look
  readonly after: Look
}

/** A time between two looks. */
export interface Stretch {
  readonly from: Look
  readonly to: Look
}

/** A watched consumer's history: what waits, what the monitor says of it, and who was told. */
export class MonitoringView implements View {
  readonly events: HistoryEvent[] = []
  readonly plan: MonitoringPlan
  readonly disturbances = new Disturbances()
  readonly coverage: Coverage
  readonly looks: Look[] = []
  readonly tolds: Told[] = []
  readonly inputs: EventOf<'input'>[] = []
  readonly commits: EventOf<'k.commit'>[] = []
  readonly phases: EventOf<'phase'>[] = []
  /** Times in which no consumer ran: `seq` from the end of the last one to the start of the next. */
  readonly deaths: { readonly from: number; to: number }[] = []
  end: EventOf<'scenario.end'> | undefined
  readonly #alerts: EventOf<'alert'>[] = []
  readonly #running = new Set<number>()

  constructor(plan: MonitoringPlan) {
    this.plan = plan
    this.coverage = new Coverage(plan.monitoring.topic)
  }

  add(event: HistoryEvent): void {
    this.events.push(event)
    this.coverage.add(event)
    this.disturbances.add(event)
    this.#take(event)
  }

  /** When the declared alert began and ended. */
  get turns(): readonly Turn[] {
    return turnsOf(this.#alerts)
  }

  /** Answers of the monitor that a look before and one after enclose. */
  get judged(): readonly Judged[] {
    const { refresh } = this.plan.bounds
    let next = 0
    return this.tolds.flatMap((told) => {
      while ((this.looks[next]?.seq ?? Number.POSITIVE_INFINITY) < told.seq) next++
      const [last, after] = [this.looks[next - 1], this.looks[next]]
      if (last === undefined || after === undefined || !isAnswer(told)) return []
      const before = refresh === 0 ? last : this.looks.findLast(({ at }) => at <= last.at - refresh)
      return before === undefined ? [] : [{ told, before, after }]
    })
  }

  /** Times in which what waited was so all the time, as far as any two looks that follow each other can tell. */
  stretches(matches: (waited: Waited) => boolean): readonly Stretch[] {
    const found: Stretch[] = []
    let from: Look | undefined
    for (const [n, to] of this.looks.entries()) {
      const next = this.looks[n + 1]
      const goes = next !== undefined && matches(waitedInAll(to, next))
      if (goes) from ??= to
      else if (from !== undefined) {
        found.push({ from, to })
        from = undefined
      }
    }
    return found
  }

  /** Whether no consumer ran. */
  deadAt(seq: number): boolean {
    return this.deaths.some(({ from, to }) => from < seq && seq < to)
  }

  /** The longest time without a look that lies in between, in milliseconds: by so much times are uncertain. */
  get blindness(): number {
    const most = this.looks.reduce((most, { at }, n) => Math.max(most, at - (this.looks[n - 1]?.at ?? at)), 0)
    return Math.ceil(most)
  }

  get lastAt(): number {
    return this.events.at(-1)?.at ?? 0
  }

  #take(event: HistoryEvent): void {
    const { topic, group, consumer, alert } = this.plan.monitoring
    switch (event.kind) {
      case 'lag.look':
        this.looks.push(event)
        return
      case 'lag.told':
        this.tolds.push(event)
        return
      case 'input':
        if (event.topic === topic) this.inputs.push(event)
        return
      case 'k.commit':
        if (event.group === group && event.topic === topic) this.commits.push(event)
        return
      case 'alert':
        if (event.name === alert?.name) this.#alerts.push(event)
        return
      case 'phase':
        this.phases.push(event)
        return
      case 'proc':
        if (event.service === consumer) this.#live(event)
        return
      case 'scenario.end':
        this.end ??= event
    }
  }

  #live({ event, instance, seq }: EventOf<'proc'>): void {
    if (event === 'started') {
      const last = this.deaths.at(-1)
      if (this.#running.size === 0 && last !== undefined) last.to = seq
      this.#running.add(instance)
    } else if (event === 'exited' || event === 'killed' || event === 'ended') {
      const ran = this.#running.delete(instance)
      if (ran && this.#running.size === 0) this.deaths.push({ from: seq, to: Number.POSITIVE_INFINITY })
    }
  }
}

export function isAnswer({ status }: Told): boolean {
  return status >= 200 && status < 300
}
