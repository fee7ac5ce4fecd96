import { DeadlinePassed, until } from '../../core/until.ts'
import type { HistoryEvent } from '../../proof/history/event.ts'
import type { ScenarioHistory } from '../../proof/history/scenario-history.ts'
import { framed } from '../../schemas/wire-format.ts'
import type { SaidOfId } from '../predicates/schema-facts.ts'
import type { SchemaRegistry } from './schema-registry.ts'

/** Milliseconds for the registry to answer at last. */
const PATIENCE = 20_000

/** Asks the registry for each schema id as soon as a record with it is seen, and records what it says. */
export class SchemaIds implements AsyncDisposable {
  readonly #history: ScenarioHistory
  readonly #registry: SchemaRegistry
  readonly #topic: string
  readonly #asked = new Map<number, Promise<boolean>>()
  readonly #listening: Disposable
  #over = false

  constructor(history: ScenarioHistory, registry: SchemaRegistry, topic: string) {
    this.#history = history
    this.#registry = registry
    this.#topic = topic
    this.#listening = history.subscribe((event) => this.#take(event))
  }

  /** Waits until every id is answered for; those that were not known are asked for once more. */
  async fence(): Promise<void> {
    const unknown = await Promise.all(
      [...this.#asked].map(async ([id, known]) => ((await known) ? [] : [id])),
    )
    await Promise.all(unknown.flat().map((id) => this.#ask(id)))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over = true
    this.#listening[Symbol.dispose]()
    await Promise.allSettled(this.#asked.values())
  }

  #take(event: HistoryEvent): void {
    if (event.kind !== 'k.record' || event.topic !== this.#topic || event.value === null) return
    const { value } = event
    const bytes = value.startsWith('base64:')
      ? Buffer.from(value.slice('base64:'.length), 'base64')
      : Buffer.from(value)
    const id = framed(bytes)?.id
    if (id === undefined || this.#asked.has(id)) return
    const answer = this.#ask(id)
    answer.catch(() => {})
    this.#asked.set(id, answer)
  }

  /** @returns whether it knows the id */
  async #ask(id: number): Promise<boolean> {
    let tries = 0
    try {
      const found = await until(
        async () => {
          if (this.#over) return null
          tries++
          return (await this.#registry.schemaOf(id)) ?? null
        },
        { what: `the registry to tell of schema ${id}`, deadline: PATIENCE, every: 100 },
      )
      const subjects = found === null ? [] : await this.#registry.subjectsOf(id)
      const value: SaidOfId = { id, tries, subjects, ...(found === null ? {} : { schema: found }) }
      this.#history.record({ kind: 'fact', name: 'schema.id', subject: String(id), value })
      return found !== null
    } catch (error) {
      if (!(error instanceof DeadlinePassed)) throw error
      this.#history.record({ kind: 'note', text: error.message })
      return true
    }
  }
}
