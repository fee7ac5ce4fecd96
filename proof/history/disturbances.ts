import type { EventOf, HistoryEvent } from './event.ts'
import type { GateName } from './gate-name.ts'

export interface InjectedFault {
  readonly name: string
  readonly target: string
  /** It is there to stay, and disturbs no work but that of its target: an event that can't be published, what others write. */
  readonly lasting: boolean
  readonly armed: EventOf<'fault.injected'>
  readonly tookEffect: EventOf<'fault.took-effect'>[]
  cleared: EventOf<'fault.healed'> | undefined
}

export interface Gate {
  readonly gate: GateName
  readonly key: string
  readonly closed: EventOf<'gate.closed'>
  readonly waiting: EventOf<'gate.waiting'>[]
  opened: EventOf<'gate.opened'> | undefined
}

interface Moment {
  readonly seq: number
  readonly at: number
  /** Faults and gates in force from here on. */
  readonly active: number
}

/** What was done to the system: faults, gates, processes that ended or came back. */
export class Disturbances {
  readonly faults: InjectedFault[] = []
  readonly gates: Gate[] = []
  /** Starts of a service instance after its first one. */
  readonly restarts: HistoryEvent[] = []
  readonly broken: EventOf<'fault.broken'>[] = []
  readonly #moments: Moment[] = []
  readonly #started = new Set<string>()
  #active = 0
  #ended: HistoryEvent | undefined

  add(event: HistoryEvent): void {
    switch (event.kind) {
      case 'fault.injected':
        if (this.#uncleared(event) !== undefined) return
        this.faults.push({
          name: event.fault,
          target: event.target,
          lasting: event.lasting ?? false,
          armed: event,
          tookEffect: [],
          cleared: undefined,
        })
        this.#moment(event, event.lasting ? 0 : 1)
        if (event.lasting) this.#ended = event
        break
      case 'fault.took-effect':
        this.#fault(event)?.tookEffect.push(event)
        this.#moment(event, 0)
        break
      case 'fault.healed': {
        const fault = this.#uncleared(event)
        if (fault === undefined) return
        fault.cleared = event
        this.#moment(event, fault.lasting ? 0 : -1)
        this.#ended = event
        break
      }
      case 'fault.broken':
        this.broken.push(event)
        return
      case 'gate.closed':
        this.gates.push({ gate: event.gate, key: event.key, closed: event, waiting: [], opened: undefined })
        this.#moment(event, 1)
        break
      case 'gate.waiting':
        this.#gate(event.gate, event.key)?.waiting.push(event)
        return
      case 'gate.opened': {
        const gate = this.#gate(event.gate, event.key)
        if (gate === undefined || gate.opened !== undefined) return
        gate.opened = event
        this.#moment(event, -1)
        this.#ended = event
        break
      }
      case 'proc': {
        const instance = `${event.service}#${event.instance}`
        if (event.event === 'started') {
          if (this.#started.has(instance)) this.restarts.push(event)
          this.#started.add(instance)
        }
        this.#moment(event, 0)
        break
      }
      case 'fact':
        if (event.name === 'component.restarted') {
          this.restarts.push(event)
          this.#moment(event, 0)
        }
    }
  }

  /** The last moment at which something was done or undone, before `seq`. */
  before(seq: number): Moment | undefined {
    let low = 0
    let high = this.#moments.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#moments[middle] as Moment).seq < seq) low = middle + 1
      else high = middle
    }
    return this.#moments[low - 1]
  }

  /** From here on no fault and no gate was in force; undefined while one is, and where there was none at all. */
  get allHealed(): { readonly seq: number; readonly at: number } | undefined {
    return this.#active > 0 ? undefined : this.#ended
  }

  /** A fault or a gate is still in force at the end of the history. */
  get stillActive(): boolean {
    return this.#active > 0
  }

  /** `seq` of the first fault or gate. */
  get began(): number {
    const first = [this.faults[0]?.armed, this.gates[0]?.closed].map(
      (event) => event?.seq ?? Number.POSITIVE_INFINITY,
    )
    return Math.min(...first)
  }

  /** How many faults, gates and restarts can explain that something between `from` and `to` was done again. */
  excusesBetween(from: number, to: number): number {
    const inForce = (start: number, end: number | undefined) =>
      start < to && (end ?? Number.POSITIVE_INFINITY) > from
    let count = 0
    for (const fault of this.faults) {
      if (inForce(fault.armed.seq, fault.cleared?.seq)) count += excusesOf(fault)
    }
    for (const { closed, opened } of this.gates) if (inForce(closed.seq, opened?.seq)) count++
    for (const { seq } of this.restarts) if (seq > from && seq < to) count++
    return count
  }

  #fault(event: EventOf<'fault.took-effect'>): InjectedFault | undefined {
    return (
      this.faults.findLast(({ name, target }) => name === event.fault && target === event.target) ??
      this.faults.findLast(({ name }) => name === event.fault)
    )
  }

  #uncleared(event: { readonly fault: string; readonly target: string }): InjectedFault | undefined {
    return this.faults.findLast(
      ({ name, target, cleared }) => name === event.fault && target === event.target && cleared === undefined,
    )
  }

  #gate(gate: GateName, key: string): Gate | undefined {
    return this.gates.findLast((one) => one.gate === gate && one.key === key)
  }

  #moment({ seq, at }: HistoryEvent, change: number): void {
    this.#active += change
    this.#moments.push({ seq, at, active: this.#active })
  }
}

/** How often a fault can explain that something was done again. */
export function excusesOf({ armed: { excuses }, tookEffect }: InjectedFault): number {
  if (excuses === 'nothing') return 0
  return excuses === 'once' ? 1 : Math.max(1, tookEffect.length)
}
