import { type ConsumedEvent, consumedEvent } from './consumed-event.ts'
import type { EventOf } from './event.ts'
import { amountOf } from './json-content.ts'

/** The events of a consumer's scenario: by id, by the place of a record, by amount. */
export class ConsumedEvents {
  readonly #byId = new Map<string, ConsumedEvent>()
  readonly #byPlace = new Map<string, ConsumedEvent>()
  readonly #byAmount = new Map<string, ConsumedEvent[]>()
  #positional: readonly (readonly [number, ConsumedEvent])[] | undefined

  /** In the order in which they were first heard of. */
  get all(): readonly ConsumedEvent[] {
    return [...this.#byId.values()]
  }

  get(id: string | null | undefined): ConsumedEvent | undefined {
    return id === null || id === undefined ? undefined : this.#byId.get(id)
  }

  named(id: string): ConsumedEvent {
    let event = this.#byId.get(id)
    if (event === undefined) {
      event = consumedEvent(id)
      this.#byId.set(id, event)
    }
    return event
  }

  place(input: EventOf<'input'>): void {
    const event = this.named(input.event)
    event.inputs.push(input)
    this.#byPlace.set(placeOf(input.topic, input.partition, input.offset), event)
    const amount = amountOf(input.amount) ?? ''
    const same = this.#byAmount.get(amount)
    if (same === undefined) this.#byAmount.set(amount, [event])
    else if (!same.includes(event)) same.push(event)
  }

  /** What the harness placed at an offset. */
  at(topic: string, partition: number, offset: number): ConsumedEvent | undefined {
    return this.#byPlace.get(placeOf(topic, partition, offset))
  }

  /** The event with this amount; of several with one amount the one with the fewest effects. */
  ofAmount(amount: string | undefined): ConsumedEvent | undefined {
    const [first, ...more] = amount === undefined ? [] : (this.#byAmount.get(amount) ?? [])
    return more.reduce(
      (least, event) => (least !== undefined && event.effects.length < least.effects.length ? event : least),
      first,
    )
  }

  /**
   * Several events whose amounts add up to a growth, each as often as it was added. Only where the load chose its
   * amounts so that there is one answer: each more than three times the sum of all smaller ones (1, 4, 16, …).
   */
  inSum(growth: number): ConsumedEvent[] | undefined {
    const found: ConsumedEvent[] = []
    let rest = growth
    for (const [amount, event] of this.#weights()) {
      for (let times = 0; times < 3 && rest >= amount; times++) {
        found.push(event)
        rest -= amount
      }
    }
    return rest === 0 && found.length > 0 ? found : undefined
  }

  #weights(): readonly (readonly [number, ConsumedEvent])[] {
    if (this.#positional !== undefined) return this.#positional
    const weights = [...this.#byAmount].map(([amount, [event]]) => [Number(amount), event] as const)
    const rising = weights.filter((weight): weight is readonly [number, ConsumedEvent] => !!weight[1])
    rising.sort(([a], [b]) => a - b)
    let sum = 0
    const positional = rising.every(([amount]) => {
      const wide = amount > 3 * sum
      sum += amount
      return wide
    })
    this.#positional = positional ? rising.reverse() : []
    return this.#positional
  }
}

export function placeOf(topic: string, partition: number | string, offset: number | string): string {
  return `${topic}/${partition}@${offset}`
}
