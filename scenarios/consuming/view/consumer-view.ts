import { ClockError } from '../../../proof/history/clock-error.ts'
import { CommitOrder } from '../../../proof/history/commit-order.ts'
import { Disturbances, excusesOf } from '../../../proof/history/disturbances.ts'
import type { EventOf, HistoryEvent, Phase } from '../../../proof/history/event.ts'
import type { LoggedRecord } from '../../../proof/history/logged-record.ts'
import type { View } from '../../../proof/history/view.ts'
import type { OnTopic, ProducerView } from '../../predicates/predicate.ts'
import type { Traces } from '../../predicates/traces.ts'
import type { ConsumerPlan } from '../plan.ts'
import { Applied } from './applied.ts'
import { AttemptLog } from './attempt-log.ts'
import type { ConsumedEvent, Effect } from './consumed-event.ts'
import { ConsumedEvents } from './consumed-events.ts'
import { ConsumerTopics } from './consumer-topics.ts'
import { Effects } from './effects.ts'
import { FirstReads } from './first-read.ts'
import { GroupLog } from './group-log.ts'
import { onTopics } from './on-topics.ts'
import { tracesOf } from './traces.ts'

declare module '../../../proof/history/fact.ts' {
  interface Facts {
    /** The service was given an address for alerts. */
    'alerts.expected': true
  }
}

/**
 * A consumer's history, indexed as it grows: what was put on its topic, what came of each event (effects, attempts,
 * calls, retries, dead letters), what its group committed, and how far the observers have seen.
 */
export class ConsumerView implements View {
  readonly events: HistoryEvent[] = []
  readonly plan: ConsumerPlan
  readonly disturbances = new Disturbances()
  readonly group: GroupLog
  readonly inputs: EventOf<'input'>[] = []
  readonly alerts: EventOf<'alert'>[] = []
  readonly facts: EventOf<'fact'>[] = []
  readonly reads = new FirstReads()
  readonly phases: EventOf<'phase'>[] = []
  readonly asked: EventOf<'k.asked'>[] = []
  readonly cadences: EventOf<'k.cadence'>[] = []
  /** How its own producers asked for retries, dead letters and outputs to be stored. */
  readonly requests: EventOf<'k.client'>[] = []
  readonly attempts = new AttemptLog()
  end: EventOf<'scenario.end'> | undefined
  readonly #topics: ConsumerTopics
  readonly #commits = new CommitOrder()
  /** What is settled so far, of how much. */
  #events: ConsumedEvents
  #effects: Effects
  readonly #settled = { inputs: 0, commits: 0, topics: 0, attempts: 0, disorders: 0 }
  #consumed: readonly ConsumedEvent[] | undefined
  #applied: Applied | undefined
  #clock: ClockError | undefined

  constructor(plan: ConsumerPlan) {
    const { consumer } = plan
    this.plan = plan
    this.#topics = new ConsumerTopics(consumer)
    this.group = new GroupLog(consumer.group, consumer.topic)
    this.#events = new ConsumedEvents(consumer.effects)
    this.#effects = new Effects(consumer, this.#events)
  }

  add(event: HistoryEvent): void {
    this.events.push(event)
    this.#take(event)
  }

  get topics(): ConsumerTopics {
    this.#settle()
    return this.#topics
  }

  /** Committed transactions in commit order, each once. */
  get transactions(): readonly EventOf<'pg.tx'>[] {
    return this.#commits.all
  }

  get effects(): Effects {
    this.#settle()
    return this.#effects
  }

  /** Every event that was placed, delivered or took effect. */
  get consumed(): readonly ConsumedEvent[] {
    this.#settle()
    this.#consumed ??= this.#events.all
    return this.#consumed
  }

  /** Visible records that its own producers stored. */
  get stored(): readonly LoggedRecord[] {
    const { retries, deadLetters, outputs } = this.topics
    return [...retries, ...deadLetters, ...outputs]
  }

  get onTopics(): readonly OnTopic[] {
    return onTopics(this)
  }

  get registry(): ProducerView['registry'] {
    const { outputs } = this.plan.consumer
    return outputs?.registry && { ...outputs.registry, topic: outputs.topic }
  }

  get traces(): Traces | undefined {
    return tracesOf(this)
  }

  event(id: string): ConsumedEvent | undefined {
    this.#settle()
    return this.#events.get(id)
  }

  /** The event that gates and probes know by a name: see effect-name.ts. */
  eventOfEffect(name: string): ConsumedEvent | undefined {
    this.#settle()
    return this.#events.ofEffect(name)
  }

  /** How often an event was applied, taken-back effects left out. Rows that one transaction always brings count as one effect. */
  timesApplied(event: ConsumedEvent): number {
    return this.#application.times(event)
  }

  /** The effects of an event that were not taken back. */
  standing(event: ConsumedEvent): readonly Effect[] {
    return this.#application.standing(event)
  }

  /** Rows are written over, and a version of its key that is as new or newer is there: it has nothing left to add. */
  superseded(event: ConsumedEvent): boolean {
    return this.#application.superseded(event)
  }

  /**
   * Faults, gates, restarts and new generations of the group between two points of the history: each may have made
   * the group read again what it had not committed. What the harness lets fail is no such thing.
   */
  rereadsBetween(from: number, to: number): number {
    const { faults, gates, restarts } = this.disturbances
    const inForce = (start: number, end: number | undefined) =>
      start < to && (end ?? Number.POSITIVE_INFINITY) > from
    let count = 0
    for (const fault of faults) {
      if (fault.lasting) continue
      if (inForce(fault.armed.seq, fault.cleared?.seq)) count += excusesOf(fault)
    }
    for (const { closed, opened } of gates) if (inForce(closed.seq, opened?.seq)) count++
    for (const { seq } of restarts) if (seq > from && seq < to) count++
    for (const { seq } of this.group.generations) if (seq > from && seq < to) count++
    return count
  }

  /** The service was given an address for alerts. */
  get expectsAlerts(): boolean {
    return this.facts.some(({ name }) => name === 'alerts.expected')
  }

  /** How far the times at which we saw attempts and effects may be off. */
  get clock(): ClockError {
    this.#settle()
    this.#clock ??= new ClockError([
      ...this.transactions.map(({ at, committedAt }) => ({ at, saidAt: committedAt })),
      ...this.attempts.dated,
    ])
    return this.#clock
  }

  /** `at` of the last event: how long the scenario was watched. */
  get lastAt(): number {
    return this.events.at(-1)?.at ?? 0
  }

  /** The first marker of a phase. */
  phase(phase: Phase): EventOf<'phase'> | undefined {
    return this.phases.find((event) => event.phase === phase)
  }

  #take(event: HistoryEvent): void {
    switch (event.kind) {
      case 'input':
        this.inputs.push(event)
        return
      case 'alert':
        this.alerts.push(event)
        return
      case 'pg.tx':
        this.#commits.add(event)
        return
      case 'pg.message':
      case 'call':
        this.attempts.add(event)
        return
      case 'k.commit':
        this.group.commit(event)
        return
      case 'k.group':
        this.group.generation(event)
        return
      case 'k.asked':
        this.asked.push(event)
        return
      case 'k.client':
        if (this.#isOwn(event)) this.requests.push(event)
        return
      case 'k.cadence':
        this.cadences.push(event)
        return
      case 'k.committing':
        // What the broker made of it is in its own log, in the one order that counts.
        return
      case 'k.end':
        if (event.topic === '__consumer_offsets') this.group.end(event)
        else this.#topics.add(event)
        return
      case 'k.record':
      case 'k.control':
      case 'pg.flushed':
      case 'observer.gap':
        this.#topics.add(event)
        return
      case 'fact':
        this.facts.push(event)
        this.reads.add(event)
        if (event.name === 'offsets.read') this.group.end(event)
        this.#topics.add(event)
        this.disturbances.add(event)
        return
      case 'phase':
        this.phases.push(event)
        return
      case 'scenario.end':
        this.end = event
        return
      default:
        this.disturbances.add(event)
    }
  }

  /** For a retry topic, dead letters or outputs; one without a name may be. Its own topic is written to by redrives. */
  #isOwn({ topics }: EventOf<'k.client'>): boolean {
    const own = this.#topics.names.filter((topic) => topic !== this.plan.consumer.topic)
    return topics.length === 0 || topics.some((topic) => own.includes(topic))
  }

  get #application(): Applied {
    const once = ({ deliveries }: ConsumedEvent) => deliveries.length === 1
    this.#applied ??= new Applied(this.plan.consumer, this.consumed, this.effects, once)
    return this.#applied
  }

  /** Reads on. Where what was read so far was not sure, or not in order, everything is read anew. */
  #settle(): void {
    const settled = this.#settled
    const [topics, attempts] = [this.#topics.version, this.attempts.version]
    const { all, disorders } = this.#commits
    const nothingNew =
      settled.inputs === this.inputs.length &&
      settled.commits === all.length &&
      settled.topics === topics &&
      settled.attempts === attempts
    if (nothingNew) return
    this.#consumed = this.#applied = this.#clock = undefined
    if (this.#events.unsure || settled.disorders !== disorders + this.#topics.disorders) this.#beginAnew()
    const placed = this.inputs.slice(settled.inputs)
    if (placed.some((input) => this.#topics.misjudged(input, this.#events))) this.#beginAnew()
    for (; settled.inputs < this.inputs.length; settled.inputs++)
      this.#events.place(this.inputs[settled.inputs] as EventOf<'input'>)
    this.#topics.settle(this.#events)
    for (; settled.commits < all.length; settled.commits++)
      this.#effects.add(all[settled.commits] as EventOf<'pg.tx'>)
    this.attempts.settle(this.#events)
    settled.topics = topics
    settled.attempts = attempts
  }

  #beginAnew(): void {
    const { consumer } = this.plan
    this.#events = new ConsumedEvents(consumer.effects)
    this.#effects = new Effects(consumer, this.#events)
    this.#topics.tellAgain()
    this.attempts.tellAgain()
    this.#settled.inputs = 0
    this.#settled.commits = 0
    this.#settled.disorders = this.#commits.disorders + this.#topics.disorders
  }
}
