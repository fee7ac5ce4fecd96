import { appended } from '../../../proof/history/appended.ts'
import type { EventOf } from '../../../proof/history/event.ts'
import { amountOf } from '../../../proof/history/json-content.ts'
import type { LoggedRecord } from '../../../proof/history/logged-record.ts'
import type { ConsumerDeclaration } from '../plan.ts'
import { type ConsumedEvent, consumedEvent } from './consumed-event.ts'
import { weightName } from './effect-name.ts'
import { weightsIn } from './weights.ts'

/**
 * The events of a consumer's scenario: by id, by the place of a record, and, where effects do not name their event, by
 * amount or weight.
 */
export class ConsumedEvents {
  readonly #byId = new Map<string, ConsumedEvent>()
  /** Those that the harness placed, in the order of their first record. */
  readonly #placed: ConsumedEvent[] = []
  readonly #byPlace = new Map<string, Map<number, ConsumedEvent>>()
  /** By amount, or by the name that {@link weightName} gives: whichever effects are known by. */
  readonly #byNumber = new Map<string, readonly ConsumedEvent[]>()
  readonly #numbered: 'by amount' | 'by weight' | undefined
  readonly #named: boolean
  #positional: readonly (readonly [number, ConsumedEvent])[] | undefined
  /** A question had no answer, or one of several: what comes next may change it, and whatever was built on it. */
  unsure = false

  constructor({ eventId, sum }: ConsumerDeclaration['effects']) {
    this.#named = eventId !== undefined
    this.#numbered = sum !== undefined ? 'by weight' : this.#named ? undefined : 'by amount'
  }

  /** First those that were placed, in order; then what was only read, by its place; then what only took effect. */
  get all(): readonly ConsumedEvent[] {
    if (this.#placed.length === this.#byId.size) return this.#placed
    const others = [...this.#byId.values()].filter(({ inputs }) => inputs.length === 0)
    const read = others.filter((event) => firstRecord(event) !== undefined)
    const left = others.filter((event) => firstRecord(event) === undefined)
    return [...this.#placed, ...read.sort(byFirstRecord), ...left]
  }

  get(id: string | null | undefined): ConsumedEvent | undefined {
    return id === null || id === undefined ? undefined : this.#byId.get(id)
  }

  /** The same, where what is found decides about something. */
  find(id: string | null | undefined): ConsumedEvent | undefined {
    const event = this.get(id)
    if (event === undefined && id !== null && id !== undefined) this.unsure = true
    return event
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
    if (event.inputs.length === 0) this.#placed.push(event)
    event.inputs = appended(event.inputs, input)
    this.#partition(input.topic, input.partition).set(input.offset, event)
    if (this.#numbered === 'by amount') this.#number(amountOf(input.amount) ?? '', event)
    else if (this.#numbered === 'by weight') this.#number(weightName(input.key, input.amount), event)
  }

  /** What the harness placed at an offset. */
  at(topic: string, partition: number, offset: number): ConsumedEvent | undefined {
    return this.#byPlace.get(`${topic}/${partition}`)?.get(offset)
  }

  /** The event of a record on the declared topic: what was placed there, or what its id names. */
  recorded({ record, id }: LoggedRecord): ConsumedEvent | undefined {
    const placed = this.at(record.topic, record.partition, record.offset)
    if (placed !== undefined) return placed
    const event = id === undefined ? undefined : this.named(id)
    // The harness writes down what it placed after the broker took it.
    if (event === undefined || event.inputs.length === 0) this.unsure = true
    return event
  }

  /** The event that gates and probes know by a name: see effect-name.ts. */
  ofEffect(name: string): ConsumedEvent | undefined {
    if (this.#named) return this.find(name)
    return this.#numbered === 'by weight' ? this.#leastApplied(name) : this.ofAmount(amountOf(name))
  }

  /** The event with this amount; of several with one amount the one with the fewest effects. */
  ofAmount(amount: string | undefined): ConsumedEvent | undefined {
    return amount === undefined ? undefined : this.#leastApplied(amount)
  }

  /**
   * Takes each event of a key whose weight is in a growth, as often as it is in there; of several with one weight the one
   * with the fewest effects. @returns false where the growth is made of something else
   */
  inGrowth(key: string, growth: number, take: (event: ConsumedEvent) => void): boolean {
    const weights = [...(weightsIn(growth) ?? [])].map(
      ([weight, times]) => [weightName(key, weight), times] as const,
    )
    if (weights.length === 0 || weights.some(([name]) => !this.#byNumber.has(name))) {
      this.unsure = true
      return false
    }
    for (const [name, times] of weights) {
      for (let n = 0; n < times; n++) {
        const event = this.#leastApplied(name)
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
    this.unsure = true
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

  #partition(topic: string, partition: number): Map<number, ConsumedEvent> {
    const place = `${topic}/${partition}`
    let events = this.#byPlace.get(place)
    if (events === undefined) {
      events = new Map()
      this.#byPlace.set(place, events)
    }
    return events
  }

  #number(name: string, event: ConsumedEvent): void {
    const same = this.#byNumber.get(name)
    if (same === undefined) this.#byNumber.set(name, [event])
    else if (!same.includes(event)) {
      appended(same, event)
      this.unsure = true
    }
  }

  #leastApplied(name: string): ConsumedEvent | undefined {
    const events = this.#byNumber.get(name)
    if (events?.length !== 1) this.unsure = true
    return events?.reduce((least, event) => (event.effects.length < least.effects.length ? event : least))
  }

  #weights(): readonly (readonly [number, ConsumedEvent])[] {
    if (this.#positional !== undefined) return this.#positional
    const weights = [...this.#byNumber].map(([amount, [event]]) => [Number(amount), event] as const)
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

/** The first record of an event on the declared topic, whatever its fate. */
function firstRecord({ deliveries, hidden }: ConsumedEvent): LoggedRecord | undefined {
  const [delivered, never] = [deliveries[0], hidden[0]]
  if (delivered === undefined || never === undefined) return delivered ?? never
  return byOffset(delivered, never) < 0 ? delivered : never
}

function byFirstRecord(a: ConsumedEvent, b: ConsumedEvent): number {
  const [first, second] = [firstRecord(a), firstRecord(b)]
  return first === undefined || second === undefined ? 0 : byOffset(first, second)
}

/** The order in which a topic is read: by partition and offset. */
export function byOffset({ record: a }: LoggedRecord, { record: b }: LoggedRecord): number {
  return a.partition - b.partition || a.offset - b.offset
}

export function placeOf(topic: string, partition: number | string, offset: number | string): string {
  return `${topic}/${partition}@${offset}`
}
