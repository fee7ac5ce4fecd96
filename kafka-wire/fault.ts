import type { ApiName } from './schemas/api.ts'
import type { PartitionOffset, RequestSeen } from './seen.ts'

/**
 * What happens to a chosen request:
 * - `drop-response`: the broker carries it out, the answer never arrives; the connection stays. What the broker answers
 *   later still arrives at clients that match answers by their id; Java's counts them, so that for it nothing later
 *   arrives either, as on a real connection, until it gives up or the fault is disarmed (that ends the connection).
 * - `drop-request`: the broker never sees it, no answer arrives.
 * - `disconnect`: the broker carries it out; instead of its answer the connection ends.
 * - `duplicate`: the broker gets it twice, the client sees the first answer.
 * - `error`: the answer has this error code. The broker never sees a Produce or an OffsetCommit, whatever else the
 *   request holds; other requests are carried out and their answer is changed: for the fault's topic if it names one.
 * - `delay`: the answer, and all that follow it on the connection, come that many milliseconds later.
 */
export type WireAct =
  | 'drop-response'
  | 'drop-request'
  | 'disconnect'
  | 'duplicate'
  | { readonly error: number }
  | { readonly delay: number }

/** Which requests are hit. What is not given matches all. */
export interface WireFault {
  readonly api: ApiName
  /** Only requests that name this topic. */
  readonly topic?: string
  readonly clientId?: string
  readonly group?: string
  /** Of those that match, counted from when it was armed: the first, each, or the nth (from 1). */
  readonly which: 'once' | 'always' | { readonly nth: number }
  readonly act: WireAct
}

/** Evidence that a fault did what it says. */
export interface WireEffect {
  readonly api: ApiName
  readonly clientId: string
  readonly connection: number
  readonly correlationId: number
  readonly topics: readonly string[]
  readonly group?: string
  /** Where the broker stored what it never acknowledged, or what was to be committed, where it is known. */
  readonly offsets: readonly PartitionOffset[]
  readonly at: number
}

export interface InjectedWireFault {
  readonly fault: WireFault
  /** The first effect. Stays pending while there is none: wait with a deadline. */
  readonly tookEffect: Promise<WireEffect>
  readonly effects: readonly WireEffect[]
  /** No further request is hit; connections that the fault left mute are ended. */
  disarm(): void
}

/** A fault from the proxy's side. */
export class Armed implements InjectedWireFault {
  readonly fault: WireFault
  readonly effects: WireEffect[] = []
  readonly tookEffect: Promise<WireEffect>
  /** Called when it is disarmed. */
  readonly healing = new Set<() => void>()
  readonly #onEffect: (effect: WireEffect) => void
  #matched = 0
  #disarmed = false
  #tookEffect: (effect: WireEffect) => void = () => {}

  constructor(fault: WireFault, onEffect: (effect: WireEffect) => void = () => {}) {
    this.fault = fault
    this.#onEffect = onEffect
    this.tookEffect = new Promise((resolve) => {
      this.#tookEffect = resolve
    })
  }

  /** Whether a request could still be hit. */
  get waiting(): boolean {
    return !this.#disarmed && this.#matched < this.#last
  }

  /** Whether this request is hit; counts it. */
  meets(request: RequestSeen): boolean {
    if (!this.waiting || !matches(this.fault, request)) return false
    this.#matched++
    return this.fault.which === 'always' || this.#matched === this.#last
  }

  effect(effect: WireEffect): void {
    this.effects.push(effect)
    this.#onEffect(effect)
    this.#tookEffect(effect)
  }

  disarm(): void {
    this.#disarmed = true
    for (const heal of this.healing) heal()
    this.healing.clear()
  }

  get #last(): number {
    const { which } = this.fault
    return which === 'always' ? Number.POSITIVE_INFINITY : which === 'once' ? 1 : which.nth
  }
}

/** Faults that are armed on one proxy. */
export class WireFaults {
  readonly #armed = new Set<Armed>()

  arm(fault: WireFault, onEffect?: (effect: WireEffect) => void): InjectedWireFault {
    const armed = new Armed(fault, onEffect)
    this.#armed.add(armed)
    return armed
  }

  /** Whether a fault waits for requests like this one, which therefore have to be read before they are passed on. */
  awaited(api: ApiName, clientId: string): boolean {
    for (const armed of this.#armed) {
      if (!armed.waiting) this.#armed.delete(armed)
      else if (armed.fault.api === api && (armed.fault.clientId ?? clientId) === clientId) return true
    }
    return false
  }

  /** The fault that hits this request: the one that was armed first. */
  meet(request: RequestSeen): Armed | undefined {
    for (const armed of this.#armed) if (armed.meets(request)) return armed
    return undefined
  }
}

function matches({ api, topic, clientId, group }: WireFault, request: RequestSeen): boolean {
  return (
    request.api === api &&
    (clientId === undefined || request.clientId === clientId) &&
    (topic === undefined || topicsOf(request).includes(topic)) &&
    (group === undefined || groupsOf(request).includes(group))
  )
}

export function topicsOf(request: RequestSeen): readonly string[] {
  return 'topics' in request ? (request.topics ?? []) : []
}

export function groupsOf(request: RequestSeen): readonly string[] {
  if ('group' in request) return [request.group]
  if (request.api === 'find-coordinator') return request.keys
  return request.api === 'offset-fetch' ? request.groups : []
}
