import type { Clock } from '../../core/clock.ts'
import type { RunNotWritten } from '../run-not-written.ts'
import { LineFile } from './line-file.ts'
import { type Listener, tell } from './listener.ts'
import { ScenarioHistory } from './scenario-history.ts'

export interface JournalOptions {
  readonly clock: Clock
  /** Told once, as soon as a write fails; `flush` and `close` throw the same error. */
  readonly onError?: (error: RunNotWritten) => void
}

/**
 * The one append-only history of a run. What every observer saw, every gate, fault and command of every scenario is recorded
 * here, in one order (`seq`), and written as NDJSON while the run goes on.
 */
export class Journal implements AsyncDisposable {
  readonly #file: LineFile
  readonly #clock: Clock
  readonly #scenarios = new Map<string, ScenarioHistory>()
  readonly #subscribers = new Set<Listener>()
  #seq = 0

  private constructor(file: LineFile, clock: Clock) {
    this.#file = file
    this.#clock = clock
  }

  /** @throws {RunNotWritten} when `path` can't be opened for appending. */
  static async open(path: string, { clock, onError }: JournalOptions): Promise<Journal> {
    return new Journal(await LineFile.open(path, onError), clock)
  }

  /** The part of the history that belongs to one scenario; the same object for the same id. */
  scenario(id: string): ScenarioHistory {
    let history = this.#scenarios.get(id)
    if (history === undefined) {
      history = new ScenarioHistory(id, {
        stamp: () => ({ seq: ++this.#seq, at: Math.round(this.#clock.monotonic() * 1000) / 1000 }),
        write: (event) => {
          this.#file.append(JSON.stringify(event))
          tell(this.#subscribers, event)
        },
        flush: () => this.#file.flush(),
      })
      this.#scenarios.set(id, history)
    }
    return history
  }

  /** Hands over every event of every scenario from now on, in order. A listener that throws is told nothing more. */
  subscribe(listener: Listener): Disposable {
    this.#subscribers.add(listener)
    return { [Symbol.dispose]: () => this.#subscribers.delete(listener) }
  }

  /** Lets go of a scenario's events, which are in the file: a run may have thousands of scenarios. */
  forget(id: string): void {
    this.#scenarios.delete(id)
  }

  /** All that was recorded is in the file. @throws {RunNotWritten} */
  flush(): Promise<void> {
    return this.#file.flush()
  }

  /** @throws {RunNotWritten} */
  close(): Promise<void> {
    return this.#file.close()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}
