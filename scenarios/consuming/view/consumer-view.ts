import { ClockError } from '../../../proof/history/clock-error.ts'
import { Disturbances, excusesOf } from '../../../proof/history/disturbances.ts'
import type { EventOf, HistoryEvent, Phase } from '../../../proof/history/event.ts'
import { amountOf } from '../../../proof/history/json-content.ts'
import type { LoggedRecord } from '../../../proof/history/topic-log.ts'
import type { View } from '../../../proof/history/view.ts'
import type { ConsumerPlan } from '../plan.ts'
import { Applied } from './applied.ts'
import { AttemptLog } from './attempt-log.ts'
import type { ConsumedEvent, Effect } from './consumed-event.ts'
import { ConsumedEvents } from './consumed-events.ts'
import { ConsumerTopics } from './consumer-topics.ts'
import { Effects } from './effects.ts'
import { GroupLog } from './group-log.ts'

/**
 * A consumer's history, indexed in one pass: what was put on its topic, what came of each event (effects, attempts,
 * calls, retries, dead letters), what its group committed, and how far the observers have seen.
 *
 * A view is of the events at the moment of its making; make a new one to see more.
 */
export class ConsumerView implements View {
  readonly events: readonly HistoryEvent[]
  readonly plan: ConsumerPlan
  readonly disturbances = new Disturbances()
  readonly topics: ConsumerTopics
  readonly group: GroupLog
  readonly inputs: EventOf<'input'>[] = []
  readonly phases: EventOf<'phase'>[] = []
  readonly asked: EventOf<'k.asked'>[] = []
  readonly cadences: EventOf<'k.cadence'>[] = []
  /** How its own producers asked for retries, dead letters and outputs to be stored. */
  readonly requests: EventOf<'k.client'>[] = []
  readonly attempts = new AttemptLog()
  /** Committed transactions in commit order, each once. */
  readonly transactions: readonly EventOf<'pg.tx'>[]
  /** Every event that was placed, delivered or took effect. */
  readonly consumed: readonly ConsumedEvent[]
  readonly effects: Effects
  end: EventOf<'scenario.end'> | undefined
  readonly #consumed = new ConsumedEvents()
  readonly #applied: Applied
  #clock: ClockError | undefined

  constructor(events: readonly HistoryEvent[], plan: ConsumerPlan) {
    const { consumer } = plan
    this.events = events
    this.plan = plan
    this.topics = new ConsumerTopics(consumer)
    this.group = new GroupLog(consumer.group, consumer.topic)
    this.effects = new Effects(consumer, this.#consumed)
    const commits = new Map<number, EventOf<'pg.tx'>>()
    for (const event of events) this.#take(event, commits)

    for (const input of this.inputs) this.#consumed.place(input)
    this.topics.settle(this.#consumed)
    this.transactions = [...commits.values()].sort((a, b) => a.commitLsn - b.commitLsn)
    for (const tx of this.transactions) this.effects.add(tx)
    this.attempts.settle(this.#consumed, (content) => this.eventOfEffect(content))
    this.consumed = this.#consumed.all
    this.#applied = new Applied(
      consumer,
      this.consumed,
      this.effects,
      ({ deliveries }) => deliveries.length === 1,
    )
  }

  /** Visible records that its own producers stored. */
  get stored(): readonly LoggedRecord[] {
    const { retries, deadLetters, outputs } = this.topics
    return [...retries, ...deadLetters, ...outputs]
  }

  event(id: string): ConsumedEvent | undefined {
    return this.#consumed.get(id)
  }

  /** The event that gates and probes know by a name: see effect-name.ts. */
  eventOfEffect(name: string): ConsumedEvent | undefined {
    const { eventId, sum } = this.plan.consumer.effects
    if (eventId !== undefined) return this.#consumed.get(name)
    return sum === undefined ? this.#consumed.ofAmount(amountOf(name)) : this.#consumed.ofWeight(name)
  }

  /** How often an event was applied, taken-back effects left out. Rows that one transaction always brings count as one effect. */
  timesApplied(event: ConsumedEvent): number {
    return this.#applied.times(event)
  }

  /** The effects of an event that were not taken back. */
  standing(event: ConsumedEvent): readonly Effect[] {
    return this.#applied.standing(event)
  }

  /** Rows are written over, and a version of its key that is as new or newer is there: it has nothing left to add. */
  superseded(event: ConsumedEvent): boolean {
    return this.#applied.superseded(event)
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
      if (fault.lasting || /^(poison|spoil|fail|refuse|stub)/.test(fault.name)) continue
      if (inForce(fault.armed.seq, fault.cleared?.seq)) count += excusesOf(fault)
    }
    for (const { closed, opened } of gates) if (inForce(closed.seq, opened?.seq)) count++
    for (const { seq } of restarts) if (seq > from && seq < to) count++
    for (const { seq } of this.group.generations) if (seq > from && seq < to) count++
    return count
  }

  /** How far the times at which we saw attempts and effects may be off. */
  get clock(): ClockError {
    this.#clock ??= new ClockError(this.transactions)
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

  #take(event: HistoryEvent, commits: Map<number, EventOf<'pg.tx'>>): void {
    switch (event.kind) {
      case 'input':
        this.inputs.push(event)
        return
      case 'pg.tx':
        // The counterexample may deliver a commit again after it reconnected.
        if (!commits.has(event.commitLsn)) commits.set(event.commitLsn, event)
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
        else this.topics.add(event)
        return
      case 'k.record':
      case 'k.control':
      case 'pg.flushed':
      case 'observer.gap':
        this.topics.add(event)
        return
      case 'fact':
        if (event.name === 'offsets.read') this.group.end(event)
        this.topics.add(event)
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
    const own = this.topics.names.filter((topic) => topic !== this.plan.consumer.topic)
    return topics.length === 0 || topics.some((topic) => own.includes(topic))
  }
}
