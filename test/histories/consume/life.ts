import fc from 'fast-check'
import { REDRIVEN_BY_SCHEDULE } from '../../../proof/checkers/consume/put-aside.ts'
import { ALERTS_EXPECTED } from '../../../proof/checkers/consume/told-dead-letters.ts'
import { ConsumerHistory, type Placed } from './builder.ts'
import { CONSUMER, OUTPUTS, type PlanChange } from './plan.ts'
import { producing } from './producing.ts'

/** What can happen next; a step that is not possible now is left out. */
export type Step =
  | { readonly do: 'put' | 'handle' | 'handle several'; readonly key: number }
  | { readonly do: 'put failing'; readonly key: number; readonly failures: number }
  | { readonly do: 'put unreadable' | 'crash' | 'hold' | 'dead letters down'; readonly key: number }
  | { readonly do: 'copy' | 'redrive' | 'rebalance' | 'deliver again'; readonly pick: number }
  | { readonly do: 'pass'; readonly milliseconds: number }

const key = fc.nat(4)
const pick = fc.nat(30)
export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.record({ do: fc.constantFrom('put', 'handle', 'handle several'), key }) },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant('put failing'), key, failures: fc.constantFrom(-1, 1, 2) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constantFrom('put unreadable', 'crash', 'hold', 'dead letters down'),
        key,
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constantFrom('copy', 'redrive', 'rebalance', 'deliver again'), pick }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('pass'), milliseconds: fc.nat(300) }) },
  ) as fc.Arbitrary<Step>,
  { minLength: 8, maxLength: 60, size: 'max' },
)

const PARKING_LOT = 'parking-lot'

interface Waiting {
  readonly event: Placed
  /** Attempts that fail; −1: all of them, so that it becomes a dead letter. */
  readonly failures: number
  readonly retriable: boolean
}

/** Kinds of events that a witness may show again after it reconnected. */
const SHOWN_AGAIN = new Set(['pg.tx', 'k.record', 'k.commit', 'k.group', 'pg.message'])

/**
 * Lives the steps as a correct consumer does: records of a partition in their order, the effect and what is
 * remembered in one transaction, the offset after it, retries and dead letters as declared. In the end all is done.
 */
export class CorrectConsumer {
  readonly h: ConsumerHistory
  /** By partition: what is on the topic and not committed yet. */
  readonly #waiting: Waiting[][] = [[], []]
  readonly #done = new Set<string>()
  readonly #good: Placed[] = []
  readonly #dead: Placed[] = []
  /** What took effect and is not announced yet. */
  #unanswered: Placed[] = []
  readonly #owners = ['first', 'first']

  constructor(plan: PlanChange = {}) {
    const bounds = { recovery: 600_000, headOfLine: 300_000 }
    const consumer = { outputs: OUTPUTS, workers: 2 }
    this.h = new ConsumerHistory({ windows: [], faults: [], bounds, consumer, ...plan })
    this.h.add({ kind: 'fact', name: 'topic.partitions', subject: CONSUMER.topic, value: 2 })
    this.h.add({ kind: 'fact', name: ALERTS_EXPECTED, subject: 'shipping', value: true })
    this.h.started().generation({ first: [0, 1], second: [] })
    producing(this.h)
  }

  live(steps: readonly Step[]): ConsumerHistory {
    for (const step of steps) this.#step(step)
    for (const partition of [0, 1]) while (this.#next(partition) !== undefined) this.#handle(partition)
    this.#answer()
    this.#redriveInVain()
    this.h.end()
    return this.h
  }

  /** From now on dead letters are redriven by schedule: one is in vain, as often as declared, and is put aside. */
  #redriveInVain(): void {
    const { h } = this
    const times = 2
    h.add({ kind: 'fact', name: REDRIVEN_BY_SCHEDULE, subject: PARKING_LOT, value: times })
    const refused = { expect: 'dead-letter', failures: -1, retriable: false } as const
    let event = h.put('o-in-vain', refused)
    h.refuse(event)
    h.add({ kind: 'alert', name: 'dead-letter', subject: event.id, body: '' })
    for (let n = 0; n < times; n++) {
      event = h.copy(event, refused)
      h.refuse(event)
    }
    h.record(PARKING_LOT, event)
  }

  #step(step: Step): void {
    const { h } = this
    switch (step.do) {
      case 'put':
        this.#put(h.put(`o-${step.key}`))
        break
      case 'put failing': {
        const expect = step.failures < 0 ? 'dead-letter' : 'effect'
        const { failures } = step
        this.#put(h.put(`o-${step.key}`, { expect, failures }), { failures })
        break
      }
      case 'put unreadable': {
        const unreadable = { expect: 'dead-letter', failures: -1, retriable: false } as const
        this.#put(h.put(`o-${step.key}`, unreadable), unreadable)
        break
      }
      case 'handle':
        this.#handle(step.key % 2)
        break
      case 'handle several':
        this.#handleSeveral(step.key % 2)
        break
      case 'hold':
        this.#hold(step.key % 2)
        break
      case 'crash':
        this.#crash(step.key % 2)
        break
      case 'dead letters down':
        this.#withoutDeadLetters(step.key)
        break
      case 'copy': {
        const event = this.#good[step.pick % Math.max(1, this.#good.length)]
        if (event !== undefined) this.#put(h.copy(event))
        break
      }
      case 'redrive': {
        const [event] = this.#dead.splice(step.pick % Math.max(1, this.#dead.length), 1)
        if (event !== undefined) this.#put(h.copy(event))
        break
      }
      case 'rebalance':
        this.#rebalance(step.pick % 2)
        break
      case 'deliver again': {
        const seen = h.events.filter(({ kind }) => SHOWN_AGAIN.has(kind))
        const again = seen[step.pick % Math.max(1, seen.length)]
        if (again !== undefined) h.add(again)
        break
      }
      case 'pass':
        h.pass(step.milliseconds)
        this.#answer()
    }
  }

  #put(event: Placed, { failures = 0, retriable = true }: Partial<Omit<Waiting, 'event'>> = {}): void {
    this.#waiting[event.partition]?.push({ event, failures, retriable })
    if (failures === 0) this.#good.push(event)
  }

  #next(partition: number): Waiting | undefined {
    return this.#waiting[partition]?.[0]
  }

  #handle(partition: number): void {
    const next = this.#waiting[partition]?.shift()
    if (next === undefined) return
    const { event, failures, retriable } = next
    if (!retriable) this.h.refuse(event)
    else if (failures !== 0) this.h.fail(event, failures < 0 ? CONSUMER.retry?.attempts : failures)
    if (failures === 0 && !this.#done.has(event.id)) {
      this.h.call(event).attempt(event)
      this.h.apply(event)
      this.#unanswered.push(event)
    }
    if (failures === 0) this.h.commit(event)
    if (failures > 0) this.#unanswered.push(event)
    if (failures < 0) this.#bury(event)
    else this.#done.add(event.id)
  }

  /** What took effect is published, in the order of the commits; it may be published twice, as it is. */
  #answer(): void {
    for (const event of this.#unanswered) {
      this.h.output(event)
      if (event.amount % 3 === 0) this.h.output(event)
    }
    this.#unanswered = []
  }

  /** Somebody is told of a dead letter. */
  #bury(event: Placed): void {
    this.h.add({ kind: 'alert', name: 'dead-letter', subject: event.id, body: '' })
    this.#dead.push(event)
  }

  /** All of a partition that is fresh, in one transaction. */
  #handleSeveral(partition: number): void {
    const waiting = this.#waiting[partition] ?? []
    const several = waiting.findIndex(({ event, failures }) => failures !== 0 || this.#done.has(event.id))
    const events = waiting.splice(0, several < 0 ? waiting.length : several).map(({ event }) => event)
    const fresh = events.filter((event, i) => events.findIndex(({ id }) => id === event.id) === i)
    const last = events.at(-1)
    if (last === undefined) return
    for (const event of fresh) {
      this.h.attempt(event)
      this.#done.add(event.id)
    }
    this.h.commitRows(
      fresh.flatMap((event) => [this.h.effectRow(event), this.h.dedupeRow(event)]),
      last.xid,
    )
    this.#unanswered.push(...fresh)
    this.h.commit(last)
  }

  /** The effect is held at the gate; the offset waits for it. */
  #hold(partition: number): void {
    const next = this.#next(partition)
    if (next === undefined || next.failures !== 0 || this.#done.has(next.event.id)) return
    const { event } = next
    this.h.gate(event.id, 'closed').waiting(event.id, event.xid).gate(event.id, 'opened')
    this.#handle(partition)
  }

  /** It dies between effect and offset; what comes again is recognised. */
  #crash(partition: number): void {
    const next = this.#next(partition)
    if (next !== undefined && next.failures === 0 && !this.#done.has(next.event.id)) {
      this.h.attempt(next.event).apply(next.event)
      this.#done.add(next.event.id)
      this.#unanswered.push(next.event)
    }
    this.h.fault('armed').fault('bitten').fault('cleared').started(0, 2)
  }

  /** Nobody takes dead letters for a while: the record stays where it is. */
  #withoutDeadLetters(key: number): void {
    const unreadable = { expect: 'dead-letter', failures: -1, retriable: false } as const
    const event = this.h.put(`o-${key}`, unreadable)
    while (this.#next(event.partition) !== undefined) this.#handle(event.partition)
    const topic = CONSUMER.retry?.deadLetter
    this.h.fault('armed', 'wire', topic).attempt(event, true).fault('bitten', 'wire', topic).pass(500)
    this.h.fault('cleared', 'wire', topic).divert(event, 'dead-letter')
    this.h.commit(event)
    this.#bury(event)
  }

  /** A partition is let go by one member and taken by the other; nothing else stops. */
  #rebalance(partition: number): void {
    const state = () =>
      Object.fromEntries(
        ['first', 'second'].map((member) => [member, [0, 1].filter((one) => this.#owners[one] === member)]),
      )
    const to = this.#owners[partition] === 'first' ? 'second' : 'first'
    this.#owners[partition] = ''
    this.h.generation(state())
    this.#owners[partition] = to
    this.h.generation(state())
  }
}
