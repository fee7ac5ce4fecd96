import { Coverage } from '../../../proof/history/coverage.ts'
import { Disturbances } from '../../../proof/history/disturbances.ts'
import type { EventOf, HistoryEvent, Phase } from '../../../proof/history/event.ts'
import { eventIdReader } from '../../../proof/history/event-id.ts'
import { type LoggedRecord, TopicLog } from '../../../proof/history/topic-log.ts'
import type { View } from '../../../proof/history/view.ts'
import type { PublisherPlan } from '../plan.ts'
import { type Command, Commands } from './commands.ts'
import { Expectation } from './expectation.ts'
import type { CommittedTransaction, ExpectedEvent, PublishedRecord } from './expected-event.ts'
import { RecordMatcher } from './record-matcher.ts'
import { unpacked } from './unpacked.ts'

/**
 * A publisher's history, indexed in one pass: what was committed and must be announced, what is on the topic,
 * what was done to the system, and how far the observers have seen. Everything that a predicate reads.
 *
 * A view is of the events at the moment of its making; make a new one to see more.
 */
export class PublisherView implements View {
  readonly events: readonly HistoryEvent[]
  readonly plan: PublisherPlan
  readonly commands = new Commands()
  readonly disturbances = new Disturbances()
  readonly coverage: Coverage
  /** In commit order, each once. */
  readonly transactions: readonly CommittedTransaction[]
  /** Records on the declared topic by partition and offset, each once, whatever their fate; events, where one holds several. */
  readonly records: readonly PublishedRecord[]
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
  readonly #expectation: Expectation
  readonly #undeliverable: ReadonlySet<string>

  constructor(events: readonly HistoryEvent[], plan: PublisherPlan) {
    this.events = events
    this.plan = plan
    this.coverage = new Coverage(plan.publisher.topic)
    const log = new TopicLog<PublishedRecord>(unmatched)
    const commits = new Map<number, EventOf<'pg.tx'>>()
    const idOf = eventIdReader(plan.publisher.eventId)
    for (const event of events) this.#take(event, log, commits, idOf)

    this.#expectation = new Expectation(plan.publisher, this.commands)
    this.transactions = inCommitOrder([...commits.values()]).map((tx) => this.#expectation.add(tx))
    const { events: list } = plan.publisher
    const records = log.settle()
    this.records = list === undefined ? records : records.flatMap((one) => unpacked(one, list, idOf))
    this.coverage.settle(log.read)
    new RecordMatcher(this.#expectation).match(this.records)
    this.#undeliverable = this.#undeliverableKeys()
  }

  get stored(): readonly PublishedRecord[] {
    return this.records
  }

  /** What committed transactions owe to the topic, in commit order. */
  expectedEvents(): readonly ExpectedEvent[] {
    return this.#expectation.events
  }

  /** The committed event with this id. */
  expected(id: string): ExpectedEvent | undefined {
    return this.#expectation.byId.get(id)
  }

  /** Visible records that announce the event with this id, by partition and offset. */
  recordsOf(id: string): readonly PublishedRecord[] {
    return this.#expectation.byId.get(id)?.records ?? []
  }

  /** Pairs of committed events that were given one id. */
  get reusedIds(): readonly (readonly [ExpectedEvent, ExpectedEvent])[] {
    return this.#expectation.reused
  }

  /** Owed and not on the topic yet, without what was parked and what never can be published. */
  unpublished(): ExpectedEvent[] {
    return this.#expectation.events.filter(
      (event) =>
        event.records.length === 0 &&
        event.parked === undefined &&
        !this.undeliverable(event) &&
        !this.maybeCompacted(event),
    )
  }

  /**
   * Where it is absent, its record may have been compacted away before anybody read it: offsets were removed before the
   * record of a later event of its key. The last record of a key is never removed.
   */
  maybeCompacted({ key, tx }: ExpectedEvent): boolean {
    if (this.removed.length === 0 || key === undefined) return false
    const behind = ({ record }: PublishedRecord) =>
      this.removed.some(({ partition, from }) => partition === record.partition && from < record.offset)
    return this.#expectation.events.some(
      (other) => other.key === key && other.tx.commitLsn > tx.commitLsn && other.records.some(behind),
    )
  }

  /**
   * The scenario made this event impossible to publish (a poison row, a payload over the limit), or it stands
   * behind such a one under the same key. Said by a fact `undeliverable` about a key or event id, or by the fault
   * `poison` or the windows A11 and A19 about the plan's marked keys.
   */
  undeliverable({ key, id }: ExpectedEvent): boolean {
    return (
      (key !== undefined && this.#undeliverable.has(key)) || (id !== undefined && this.#undeliverable.has(id))
    )
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

  #take(
    event: HistoryEvent,
    log: TopicLog<PublishedRecord>,
    commits: Map<number, EventOf<'pg.tx'>>,
    idOf: (record: EventOf<'k.record'>) => string | undefined,
  ): void {
    const { topic, slot, compacted } = this.plan.publisher
    switch (event.kind) {
      case 'k.record':
        if (event.topic === topic) log.add(event, idOf(event))
        return
      case 'k.removed':
        if (event.topic !== topic || !compacted) return
        this.removed.push(event)
        log.addRemoved(event)
        return
      case 'k.control':
        if (event.topic === topic) log.addControl(event)
        break
      case 'pg.tx':
        // The counterexample may deliver a commit again after it reconnected.
        if (!commits.has(event.commitLsn)) commits.set(event.commitLsn, event)
        return
      case 'op.invoke':
        this.commands.invoke(event)
        break
      case 'op.ok':
      case 'op.fail':
      case 'op.info':
        this.commands.resolve(event)
        break
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

  #undeliverableKeys(): ReadonlySet<string> {
    const named = this.facts.filter(({ name }) => name === 'undeliverable').map(({ subject }) => subject)
    const { windows, faults, marked } = this.plan
    if (faults.includes('poison') || windows.includes('A11') || windows.includes('A19')) named.push(...marked)
    const keys = named.map((name) => this.expected(name)?.key ?? this.#keyOfCommand(name) ?? name)
    return new Set([...named, ...keys])
  }

  #keyOfCommand(op: string): string | undefined {
    return this.commands.all.find(({ invoke }) => invoke.op === op)?.invoke.key
  }
}

function inCommitOrder(commits: EventOf<'pg.tx'>[]): EventOf<'pg.tx'>[] {
  const sorted = commits.every(
    (tx, i) => i === 0 || (commits[i - 1] as EventOf<'pg.tx'>).commitLsn < tx.commitLsn,
  )
  return sorted ? commits : commits.sort((a, b) => a.commitLsn - b.commitLsn)
}

/** Nothing is known yet of what a record announces. */
function unmatched(read: LoggedRecord): PublishedRecord {
  return { ...read, expected: undefined, matchedBy: undefined }
}
