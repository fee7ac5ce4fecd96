import type { EventOf } from '../../../proof/history/event.ts'
import { amountOf } from '../../../proof/history/json-content.ts'
import { type ConsumedEvent, consumedEvent } from './consumed-event.ts'
import { weightName } from './effect-name.ts'
import { weightsIn } from './weights.ts'

/** The events of a consumer's scenario: by id, by the place of a record, by amount. */
export class ConsumedEvents {
  readonly #byId = new Map<string, ConsumedEvent>()
  readonly #byPlace = new Map<string, ConsumedEvent>()
  readonly #byAmount = new Map<string, ConsumedEvent[]>()
  readonly #byWeight = new Map<string, ConsumedEvent[]>()
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
    join(this.#byAmount, amount, event)
    join(this.#byWeight, weightName(input.key, input.amount), event)
  }

  /** What the harness placed at an offset. */
  at(topic: string, partition: number, offset: number): ConsumedEvent | undefined {
    return this.#byPlace.get(placeOf(topic, partition, offset))
  }

  /** The event with this amount; of several with one amount the one with the fewest effects. */
  ofAmount(amount: string | undefined): ConsumedEvent | undefined {
    return amount === undefined ? undefined : leastApplied(this.#byAmount.get(amount))
  }

  /** The event of a key with a weight, by the name that {@link weightName} gives it. */
  ofWeight(name: string): ConsumedEvent | undefined {
    return leastApplied(this.#byWeight.get(name))
  }

  /**
   * Takes each event of a key whose weight is in a growth, as often as it is in there; of several with one weight the one
   * with the fewest effects. @returns false where the growth is made of something else
   */
  inGrowth(key: string, growth: number, take: (event: ConsumedEvent) => void): boolean {
    const weights = [...(weightsIn(growth) ?? [])].map(
      ([weight, times]) => [this.#byWeight.get(weightName(key, weight)), times] as const,
    )
    if (weights.length === 0 || weights.some(([events]) => events === undefined)) return false
    for (const [events, times] of weights) {
      for (let n = 0; n < times; n++) {
        const event = leastApplied(events)
        if (event !== undefined) take(event)
      }
    }
    return true
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

function join(index: Map<string, ConsumedEvent[]>, name: string, event: ConsumedEvent): void {
  const same = index.get(name)
  if (same === undefined) index.set(name, [event])
  else if (!same.includes(event)) same.push(event)
}

function leastApplied(events: readonly ConsumedEvent[] = []): ConsumedEvent | undefined {
  const [first, ...more] = events
  return more.reduce(
    (least, event) => (least !== undefined && event.effects.length < least.effects.length ? event : least),
    first,
  )
}

export function placeOf(topic: string, partition: number | string, offset: number | string): string {
  return `${topic}/${partition}@${offset}`
}
