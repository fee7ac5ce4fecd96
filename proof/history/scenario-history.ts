import { DeadlinePassed } from '../../core/until.ts'
import type { EventKind, EventOf, HistoryEvent, NewEvent } from './event.ts'
import { type Listener, tell } from './listener.ts'

export interface WaitOptions {
  /** What is waited for, in words: it becomes the error's title. */
  readonly what: string
  /** Milliseconds from now. */
  readonly deadline: number
  readonly signal?: AbortSignal
}

interface Sink {
  stamp(): { readonly seq: number; readonly at: number }
  write(event: HistoryEvent): void
  flush(): Promise<void>
}

/** What happened in one scenario so far, and the only way to add to it. */
export class ScenarioHistory {
  readonly id: string
  readonly #sink: Sink
  readonly #events: HistoryEvent[] = []
  readonly #byKind = new Map<EventKind, HistoryEvent[]>()
  readonly #listeners = new Map<EventKind, Set<Listener>>()
  readonly #subscribers = new Set<Listener>()

  constructor(id: string, sink: Sink) {
    this.id = id
    this.#sink = sink
  }

  /** Every event of this scenario, in order; grows as events are recorded. */
  get events(): readonly HistoryEvent[] {
    return this.#events
  }

  /** Adds seq, time and scenario; synchronous, so that the order of calls is the order of the history. */
  record<E extends NewEvent>(event: E): EventOf<E['kind']> & E {
    const recorded = { ...this.#sink.stamp(), scenario: this.id, ...event } as unknown as HistoryEvent
    this.#events.push(recorded)
    const same = this.#byKind.get(event.kind)
    if (same === undefined) this.#byKind.set(event.kind, [recorded])
    else same.push(recorded)
    this.#sink.write(recorded)
    tell(this.#subscribers, recorded)
    for (const listener of [...(this.#listeners.get(event.kind) ?? [])]) listener(recorded)
    return recorded as unknown as EventOf<E['kind']> & E
  }

  /**
   * Hands over every event in order: at once what is recorded already, and the rest as it is recorded. A listener that
   * throws is told nothing more: what goes wrong in it must not keep anybody from recording.
   */
  subscribe(listener: Listener): Disposable {
    const listeners = new Set([listener])
    for (const event of this.#events) tell(listeners, event)
    for (const heard of listeners) this.#subscribers.add(heard)
    return { [Symbol.dispose]: () => this.#subscribers.delete(listener) }
  }

  /** All events of a kind, in order; grows as events are recorded. */
  all<K extends EventKind>(kind: K): readonly EventOf<K>[] {
    let same = this.#byKind.get(kind)
    if (same === undefined) {
      same = []
      this.#byKind.set(kind, same)
    }
    return same as unknown as readonly EventOf<K>[]
  }

  /** The first event of a kind that matches. */
  first<K extends EventKind>(
    kind: K,
    match: (event: EventOf<K>) => boolean = () => true,
  ): EventOf<K> | undefined {
    return this.all(kind).find(match)
  }

  /**
   * Resolves with the first event of a kind that matches, recorded already or still to come.
   * @throws {DeadlinePassed} with what was seen of that kind instead.
   */
  waitFor<K extends EventKind>(
    kind: K,
    match: (event: EventOf<K>) => boolean,
    { what, deadline, signal }: WaitOptions,
  ): Promise<EventOf<K>> {
    const present = this.first(kind, match)
    if (present !== undefined) return Promise.resolve(present)
    return new Promise((resolve, reject) => {
      const listeners = this.#listeners.get(kind) ?? new Set<Listener>()
      this.#listeners.set(kind, listeners)
      const end = () => {
        clearTimeout(timer)
        listeners.delete(listener)
        signal?.removeEventListener('abort', onAbort)
      }
      const listener: Listener = (event) => {
        let matched: boolean
        try {
          matched = match(event as unknown as EventOf<K>)
        } catch (error) {
          end()
          return reject(error)
        }
        if (!matched) return
        end()
        resolve(event as unknown as EventOf<K>)
      }
      const onAbort = () => {
        end()
        reject(signal?.reason)
      }
      const timer = setTimeout(() => {
        end()
        reject(
          new DeadlinePassed(`${what}: not within ${deadline / 1000} s`, { what, last: this.#seenOf(kind) }),
        )
      }, deadline)
      listeners.add(listener)
      signal?.addEventListener('abort', onAbort, { once: true })
      if (signal?.aborted) onAbort()
    })
  }

  /** All that was recorded is in the file. @throws {RunNotWritten} */
  flush(): Promise<void> {
    return this.#sink.flush()
  }

  #seenOf(kind: EventKind): string {
    const same = this.all(kind)
    const last = same.at(-1)
    if (last === undefined) return `no ${kind} event was seen`
    return `${same.length} ${kind} events were seen, none of them the one; the last: ${JSON.stringify(last).slice(0, 300)}`
  }
}
