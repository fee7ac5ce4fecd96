import type { EventOf } from '../../../proof/history/event.ts'
import type { BacklogDeclaration } from '../plan.ts'
import { firingAt, type Turn, turnsOf } from './alert-state.ts'
import { type Look, type Waiting, waitingInAll } from './waiting.ts'

export type Told = EventOf<'backlog.told'>

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

/** One thing that waits and is watched: what was seen of it, what is said of it, and who was told. */
export class Backlog {
  readonly declared: BacklogDeclaration
  readonly looks: Look[] = []
  readonly #alerts: EventOf<'alert'>[] = []
  readonly #tolds: readonly Told[]
  readonly #refresh: number

  /** @param tolds all that the monitor has said so far; it grows @param refresh how old that may be, in milliseconds */
  constructor(declared: BacklogDeclaration, tolds: readonly Told[], refresh: number) {
    this.declared = declared
    this.#tolds = tolds
    this.#refresh = refresh
  }

  look(look: Look): void {
    this.looks.push(look)
  }

  tell(alert: EventOf<'alert'>): void {
    this.#alerts.push(alert)
  }

  /** When its alert began and ended. */
  get turns(): readonly Turn[] {
    return turnsOf(this.#alerts)
  }

  firingAt(moment: number): boolean {
    return firingAt(this.turns, moment)
  }

  /** Answers of the monitor that a look before and one after enclose. */
  get judged(): readonly Judged[] {
    let next = 0
    return this.#tolds.flatMap((told) => {
      while ((this.looks[next]?.seq ?? Number.POSITIVE_INFINITY) < told.seq) next++
      const [last, after] = [this.looks[next - 1], this.looks[next]]
      if (last === undefined || after === undefined || !isAnswer(told)) return []
      const before =
        this.#refresh === 0 ? last : this.looks.findLast(({ at }) => at <= last.at - this.#refresh)
      return before === undefined ? [] : [{ told, before, after }]
    })
  }

  /** Times in which what waits was so all the time, as far as any two looks that follow each other can tell. */
  stretches(matches: (waiting: Waiting) => boolean): readonly Stretch[] {
    const found: Stretch[] = []
    let from: Look | undefined
    for (const [n, to] of this.looks.entries()) {
      const next = this.looks[n + 1]
      const goes = next !== undefined && matches(waitingInAll(to, next))
      if (goes) from ??= to
      else if (from !== undefined) {
        found.push({ from, to })
        from = undefined
      }
    }
    return found
  }

  /** Times in which more waited than may wait unheard, whatever the error of a look is. */
  get tooMuch(): readonly Stretch[] {
    const { error } = this
    const above = this.declared.alert?.above ?? Number.POSITIVE_INFINITY
    return this.stretches(({ least }) => least - error > above)
  }

  /** Times in which as good as nothing waited. */
  get calm(): readonly Stretch[] {
    const rest = this.declared.alert?.rest ?? 0
    return this.stretches(({ most }) => most <= rest)
  }

  /** The longest time without a look that lies in between, in milliseconds: by so much times are uncertain. */
  get blindness(): number {
    const most = this.looks.reduce((most, { at }, n) => Math.max(most, at - (this.looks[n - 1]?.at ?? at)), 0)
    return Math.ceil(most)
  }

  /** By so much a true number may be off, in its unit: of an age, by what looks are apart. */
  get error(): number {
    const { error, unit } = this.declared
    return unit === 'seconds' ? error + this.blindness / 1000 : error
  }
}

export function isAnswer({ status }: Told): boolean {
  return status >= 200 && status < 300
}
