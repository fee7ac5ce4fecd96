import type { HistoryEvent } from '../../proof/history/event.ts'
import { factsOf } from '../../proof/history/recorded-fact.ts'
import '../predicates/schema-facts.ts'
import type { Registration, SchemaRegistry } from './schema-registry.ts'

/** Where subjects are kept. */
type Kept = Pick<
  SchemaRegistry,
  'registrations' | 'deleteSoftly' | 'registerAgain' | 'finds' | 'removeVersion'
>

/**
 * The subjects of one topic that its records were written under so far. They are this scenario's alone, as the topic is:
 * one that is named by its record only is everybody's, and is left alone.
 */
export class OwnSubjects {
  readonly #events: readonly HistoryEvent[]
  readonly #registry: Kept
  readonly #topic: string
  readonly #deleted = new Map<string, readonly Registration[]>()

  constructor(events: readonly HistoryEvent[], registry: Kept, topic: string) {
    this.#events = events
    this.#registry = registry
    this.#topic = topic
  }

  /** Softly. @returns those that are gone */
  async delete(): Promise<readonly string[]> {
    const said = factsOf(this.#events, 'schema.id').flatMap(({ value }) => value.subjects)
    const own = [...new Set(said)].filter((name) => name.startsWith(`${this.#topic}-`))
    for (const name of own) {
      this.#deleted.set(name, await this.#registry.registrations(name))
      await this.#registry.deleteSoftly(name)
    }
    const left = await Promise.all(own.map((name) => this.#registry.registrations(name)))
    return left.flat().length === 0 ? own : []
  }

  /** Whoever looks for them finds them again. @returns whether that is so */
  async restore(): Promise<boolean> {
    const registry = this.#registry
    for (const [name, registrations] of this.#deleted) {
      if ((await registry.registrations(name)).length === 0)
        for (const registration of registrations) await registry.registerAgain(name, registration)
      // Apicurio finds the deleted one of two versions that say the same, and says that there is none.
      for (const { version } of registrations) await registry.removeVersion(name, version)
    }
    const found = [...this.#deleted].map(([name, registrations]) => this.#isFound(name, registrations))
    return (await Promise.all(found)).every(Boolean)
  }

  /** As it was, or as somebody has registered it meanwhile. */
  async #isFound(name: string, registrations: readonly Registration[]): Promise<boolean> {
    const now = await this.#registry.registrations(name)
    const before = registrations.filter(({ schema }) => now.some((version) => version.schema === schema))
    const found = before.map((registration) => this.#registry.finds(name, registration))
    return now.length > 0 && (await Promise.all(found)).every(Boolean)
  }
}
