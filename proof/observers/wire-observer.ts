import { Cadences } from '../../kafka-wire/cadences.ts'
import { type RunningWireProxy, WireProxy, type WireProxyOptions } from '../../kafka-wire/proxy.ts'
import type { WireSeen } from '../../kafka-wire/seen.ts'
import type { NewEvent } from '../history/event.ts'
import { recordAsked } from './asked.ts'

export interface WireObserverOptions extends Omit<WireProxyOptions, 'on'> {
  readonly record: (event: NewEvent) => void
  /** Whose commits are wanted, each with its time, and how often its members say that they are alive. */
  readonly group?: string
  /** Hears of everything, too. */
  readonly also?: (seen: WireSeen) => void
}

/** Sees what clients ask a broker for: a proxy between them, and what of it belongs into the history. */
export class WireObserver implements AsyncDisposable {
  readonly proxy: RunningWireProxy
  readonly #record: (event: NewEvent) => void
  readonly #cadences: Cadences

  private constructor(proxy: RunningWireProxy, record: (event: NewEvent) => void, cadences: Cadences) {
    this.proxy = proxy
    this.#record = record
    this.#cadences = cadences
  }

  /** Resolves when clients may connect. @throws the system's error where the port is taken */
  static async open({ record, group, also, ...options }: WireObserverOptions): Promise<WireObserver> {
    const cadences = new Cadences()
    const asked = recordAsked(record)
    const on = (seen: WireSeen) => {
      asked(seen)
      also?.(seen)
      if (group === undefined || seen.from === 'broker' || !('group' in seen) || seen.group !== group) return
      cadences.see(seen)
      if (seen.api !== 'offset-commit') return
      const { clientId, memberId, generation, offsets } = seen
      record({ kind: 'k.committing', clientId, group, memberId, generation, offsets })
    }
    return new WireObserver(await WireProxy.open({ ...options, on }), record, cadences)
  }

  /** Writes down what is known at the end only: cadences, what passed unread, and what should have been read. */
  conclude(): void {
    for (const { spread, software, median, ...cadence } of this.#cadences.all) {
      const [short, long] = spread ?? []
      const times = { median: median ?? null, short: short ?? null, long: long ?? null }
      this.#record({ kind: 'k.cadence', ...cadence, software: software ?? null, ...times })
    }
    for (const [subject, value] of this.proxy.unknown)
      this.#record({ kind: 'fact', name: 'wire.unread', subject, value })
    for (const reason of this.proxy.gaps.keys())
      this.#record({ kind: 'observer.gap', observer: 'wire', reason })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.proxy[Symbol.asyncDispose]()
  }
}
