import { CommitOrder } from '../../../proof/history/commit-order.ts'
import { Coverage } from '../../../proof/history/coverage.ts'
import { Disturbances } from '../../../proof/history/disturbances.ts'
import type { EventOf, HistoryEvent, Phase } from '../../../proof/history/event.ts'
import { eventIdReader } from '../../../proof/history/event-id.ts'
import { TopicLog } from '../../../proof/history/topic-log.ts'
import type { View } from '../../../proof/history/view.ts'
import type { Traces } from '../../predicates/traces.ts'
import type { PublisherPlan } from '../plan.ts'
import type { Aggregates } from './aggregates.ts'
import { type Command, Commands } from './commands.ts'
import { maybeCompacted } from './compacted.ts'
import { ANY_VALUE, type Done, doneOf } from './done.ts'
import { Expectation } from './expectation.ts'
import type { CommittedTransaction, ExpectedEvent, PublishedRecord } from './expected-event.ts'
import { onTopics } from './on-topics.ts'
import { RecordMatcher } from './record-matcher.ts'
import { tracesOf } from './traces.ts'
import { Undeliverable } from './undeliverable.ts'
import { unpacked } from './unpacked.ts'

declare module '../../../proof/history/fact.ts' {
  interface Facts {
    /** An event id, a key or a command whose event can not be published. */
    undeliverable: true
  }
}

/**
 * A publisher's history, indexed as it grows: what was committed and must be announced, what is on the topic, what was
 * done to the system, and how far the observers have seen. Everything that a predicate reads.
 */
export class PublisherView implements View {
  readonly events: HistoryEvent[] = []
  readonly plan: PublisherPlan
  readonly registry: PublisherPlan['publisher']['registry']
  readonly disturbances = new Disturbances()
  readonly coverage: Coverage
  /** Samples of the declared replication slot, in order. */
  readonly slots: EventOf<'pg.slot'>[] = []
  readonly facts: EventOf<'fact'>[] = []
  readonly phases: EventOf<'phase'>[] = []
  /** How clients asked for records to be stored, where they were watched. */
  readonly requests: EventOf<'k.client'>[] = []
  /** What compaction took away before it was read; empty where none is declared. */
  readonly removed: EventOf<'k.removed'>[] = []
  /** Transactions that are known to have rolled back. */
  readonly aborted = new Map<string, EventOf<'pg.xact'>>()
  end: EventOf<'scenario.end'> | undefined
  readonly #idOf: (record: EventOf<'k.record'>) => string | undefined
  readonly #commands = new Commands()
  readonly #commits = new CommitOrder()
  readonly #log = new TopicLog<PublishedRecord>()
  /** As far as they are settled. */
  #transactions: CommittedTransaction[] = []
  #expectation: Expectation
  #matcher: RecordMatcher
  #done: Done | undefined
  readonly #settled = { commits: 0, commitDisorders: 0, log: 0, logDisorders: 0 }
  readonly #undeliverable = new Undeliverable()

  constructor(plan: PublisherPlan) {
    this.plan = plan
    this.registry = plan.publisher.registry
    this.#idOf = eventIdReader(plan.publisher.eventId)
    this.coverage = new Coverage(plan.publisher.topic, this.#log)
    this.#expectation = new Expectation(plan.publisher, this.#commands, this.done)
    this.#matcher = new RecordMatcher(this.#expectation)
  }

  add(event: HistoryEvent): void {
    this.events.push(event)
    this.#take(event)
  }

  get commands(): Commands {
    this.#settle()
    return this.#commands
  }

  /** How the service calls what the load names. */
  get aggregates(): Aggregates {
    return this.commands.aggregates
  }

  /** In commit order, each once. */
  get transactions(): readonly CommittedTransaction[] {
    this.#settle()
    return this.#transactions
  }

  /** Records on the declared topic by partition and offset, each once, whatever their fate; events, where one holds several. */
  get records(): readonly PublishedRecord[] {
    this.#settle()
    return this.#log.records
  }

  get stored(): readonly PublishedRecord[] {
    return this.records
  }

  get onTopics() {
    return onTopics(this.records)
  }

  get traces(): Traces | undefined {
    return tracesOf(this)
  }

  /** What committed transactions owe to the topic, in commit order. */
  expectedEvents(): readonly ExpectedEvent[] {
    this.#settle()
    return this.#expectation.events
  }

  /** The committed event with this id. */
  expected(id: string): ExpectedEvent | undefined {
    this.#settle()
    return this.#expectation.byId.get(id)
  }

  /** Visible records that announce the event with this id, by partition and offset. */
  recordsOf(id: string): readonly PublishedRecord[] {
    return this.expected(id)?.records ?? []
  }

  /** Pairs of committed events that were given one id. */
  get reusedIds(): readonly (readonly [ExpectedEvent, ExpectedEvent])[] {
    this.#settle()
    return this.#expectation.reused
  }

  /** Owed and not on the topic yet, without what was parked and what never can be published. */
  unpublished(): ExpectedEvent[] {
    return this.expectedEvents().filter(
      (event) =>
        event.records.length === 0 &&
        event.parked === undefined &&
        !this.undeliverable(event) &&
        !maybeCompacted(event, this),
    )
  }

  /**
   * The scenario made this event impossible to publish (a poison row, a payload over the limit), or it stands
   * behind such a one under the same key. Said by a fact `undeliverable`, or by a lasting fault about its target.
   */
  undeliverable({ key, id }: ExpectedEvent): boolean {
    const names = this.#undeliverable.namesIn(this, (name) => {
      const key = this.expected(name)?.key ?? this.#commands.called(name)?.invoke.key ?? name
      return this.aggregates.nameOf(key) ?? key
    })
    if (names.size === 0) return false
    const called = this.aggregates.nameOf(key) ?? key
    return (called !== undefined && names.has(called)) || (id !== undefined && names.has(id))
  }

  /**
   * Whether the answer to a command promises its commit. Where an answer only says "accepted": if the load did not have
   * it refused, and no fault came after the answer.
   */
  promised({ invoke, outcome }: Command): boolean {
    if (outcome?.kind !== 'op.ok') return false
    if (this.plan.publisher.answers !== 'accepted') return true
    const { stillActive, allHealed } = this.disturbances
    return !invoke.refused && !stillActive && outcome.seq > (allHealed?.seq ?? 0)
  }

  /** Every event is published or parked. A command that was only accepted is committed some time: what it owes comes then. */
  get settled(): boolean {
    const owed = this.commands.all.some((command) => command.tx === undefined && this.promised(command))
    return this.unpublished().length === 0 && (this.plan.publisher.answers !== 'accepted' || !owed)
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
    const { topic, slot, compacted } = this.plan.publisher
    switch (event.kind) {
      case 'k.record':
        if (event.topic === topic) this.#log.add(event, this.#recordsIn(event))
        return
      case 'k.removed':
        if (event.topic !== topic || !compacted) return
        this.removed.push(event)
        this.#log.addRemoved(event)
        return
      case 'k.control':
        if (event.topic === topic) this.#log.addControl(event)
        return
      case 'pg.tx':
        this.#commits.add(event)
        return
      case 'op.invoke':
        this.#commands.invoke(event)
        return
      case 'op.ok':
      case 'op.fail':
      case 'op.info':
        this.#commands.resolve(event)
        return
      case 'pg.xact':
        if (event.status === 'aborted') this.aborted.set(event.xid, event)
        return
      case 'pg.slot':
        if (event.slot === slot) this.slots.push(event)
        return
      case 'fact':
        this.facts.push(event)
        this.coverage.add(event)
        this.disturbances.add(event)
        break
      case 'phase':
        this.phases.push(event)
        if (event.phase !== 'setup' && event.phase !== 'control-before') this.#learn()
        return
      case 'k.client':
        this.requests.push(event)
        return
      case 'scenario.end':
        this.end = event
        return
      case 'pg.flushed':
      case 'k.end':
      case 'observer.gap':
        this.coverage.add(event)
        break
      default:
        this.disturbances.add(event)
        break
    }
  }

  /** What says that a row is done, as far as it is known: any mark, until the load without faults was seen. */
  get done(): Done {
    return this.#done ?? ANY_VALUE
  }

  /** What its relay did to rows until now says so. */
  doneSoFar = (): Done => doneOf(this.plan.publisher, this.#commits.all)

  /** The load without faults is over. */
  #learn(): void {
    if (this.#done !== undefined) return
    this.#done = this.doneSoFar()
    // Marks were taken for what any value says.
    if (this.#done.values !== undefined) this.#settled.commitDisorders = -1
  }

  #recordsIn(event: EventOf<'k.record'>): PublishedRecord | readonly PublishedRecord[] {
    const { events: list } = this.plan.publisher
    const record: PublishedRecord = {
      record: event,
      id: this.#idOf(event),
      fate: 'visible',
      visibleFrom: event.seq,
      expected: undefined,
      matchedBy: undefined,
    }
    return list === undefined ? record : unpacked(record, list, this.#idOf)
  }

  /** Reads on: what transactions owe, and what records announce. */
  #settle(): void {
    const { all, disorders } = this.#commits
    const log = this.#log
    const settled = this.#settled
    const asBefore = settled.commitDisorders === disorders
    if (asBefore && settled.commits === all.length && settled.log === log.version) return
    if (settled.commitDisorders !== disorders || settled.logDisorders !== log.disorders) this.#beginAnew()
    for (; settled.commits < all.length; settled.commits++)
      this.#transactions.push(this.#expectation.add(all[settled.commits] as EventOf<'pg.tx'>))
    settled.log = log.version
    this.#matcher.match(log.news())
  }

  /** A commit or a record came late that lies before others. */
  #beginAnew(): void {
    this.#commands.uncommit()
    for (const record of this.#log.records) {
      record.expected = undefined
      record.matchedBy = undefined
    }
    this.#log.tellAgain()
    this.#expectation = new Expectation(this.plan.publisher, this.#commands, this.done)
    this.#matcher = new RecordMatcher(this.#expectation)
    this.#transactions = []
    this.#settled.commits = 0
    this.#settled.commitDisorders = this.#commits.disorders
    this.#settled.logDisorders = this.#log.disorders
  }
}
