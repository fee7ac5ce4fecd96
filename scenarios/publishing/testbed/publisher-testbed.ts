import { messageOf } from '../../../core/error.ts'
import { seededRandom } from '../../../core/random.ts'
import { until } from '../../../core/until.ts'
import type { FaultLog } from '../../../faults/fault-log.ts'
import type { Waiting } from '../../../proof/gates/gate-locks.ts'
import type { Gates } from '../../../proof/gates/gates.ts'
import type { EventOf, Phase } from '../../../proof/history/event.ts'
import type { ScenarioHistory } from '../../../proof/history/scenario-history.ts'
import type { LogObserver } from '../../../proof/observers/log-observer.ts'
import { query } from '../../../proof/observers/query.ts'
import type { Database, Link, RunningService } from '../../../stacks/stack.ts'
import type { Answer, Command } from '../../testbed/command.ts'
import { ledBy } from '../../testbed/door.ts'
import { holderUnknown } from '../../testbed/holder-unknown.ts'
import { lateText } from '../../testbed/late.ts'
import { Patience } from '../../testbed/patience.ts'
import { allTold } from '../../testbed/spans-told.ts'
import type { WireFaults } from '../../testbed/wire-faults.ts'
import type { Testbed } from '../../testbed.ts'
import type { PublisherDeclaration, PublisherPlan } from '../plan.ts'
import { marksOf, recordsAbout } from '../view/about.ts'
import type { ExpectedEvent } from '../view/expected-event.ts'
import type { PublisherView } from '../view/publisher-view.ts'
import { asDeclared } from './as-declared.ts'
import type { Load } from './load.ts'
import { MarksAwaited } from './marks-awaited.ts'
import type { PublisherParts } from './publisher-parts.ts'
import { publisherTargets } from './publisher-targets.ts'
import { waitedForIn } from './waited-for.ts'

/** Milliseconds that a publisher has to get to where a window opens. */
const REACH = 15_000

/** Most commands of the load that pass before a fault. */
const LEAD = 10

/** Milliseconds in which a connector confirms what it has published: some flushes of its worker's offsets. */
const CONFIRM = 5_000

/** What windows and faults work with: one publisher under load, its faults and its observers. */
export class PublisherTestbed implements Testbed {
  readonly parts: PublisherParts
  /** From 1. */
  trial = 0
  /** `seq` of the trial's marker. */
  trialBegan = 0
  /** The backend that stood at a gate, as a window found it. */
  waitingAtGate: Waiting | undefined
  readonly patience: Patience
  readonly #marks = new MarksAwaited()
  #aside: Promise<{ command: Command; answer: Answer }> | undefined

  constructor(parts: PublisherParts) {
    this.parts = parts
    const {
      view: { plan },
      signal,
    } = parts
    this.patience = new Patience({ disarmed: plan.disarmed.length > 0, reach: REACH, signal })
  }

  /** What faults can hurt here. */
  readonly targets = publisherTargets(this)

  get plan(): PublisherPlan {
    return this.parts.view.plan
  }
  get publisher(): PublisherDeclaration {
    return this.plan.publisher
  }
  get history(): ScenarioHistory {
    return this.parts.history
  }
  get gates(): Gates {
    return this.parts.gates
  }
  get faults(): FaultLog {
    return this.parts.faults
  }
  get load(): Load {
    return this.parts.load
  }
  get log(): LogObserver {
    return this.parts.log
  }
  get database(): Database {
    return this.parts.database
  }

  /** The aggregate that this trial treats apart. */
  get markedKey(): string {
    return this.plan.marked[this.trial - 1] ?? ''
  }

  /** Aggregates beside it that are not part of the load's flow, for single commands whose event is awaited. */
  get otherKeys(): readonly string[] {
    return [1, 2, 3].map((n) => `${this.markedKey}-beside-${n}`)
  }
  get otherKey(): string {
    return this.otherKeys[0] as string
  }
  get reach(): number {
    return this.patience.reach
  }

  async control(phase: Phase): Promise<void> {
    const { keys, commands } = this.parts
    if (phase === 'control-before') await this.load.begin(keys, this.view)
    else await this.load.touch([...keys, ...this.#markedBefore])
    await this.load.run(commands)
  }

  /** What comes after the faults under the marked keys shows that the path to their events is open again. */
  get #markedBefore(): readonly string[] {
    const lasting = this.view.disturbances.faults.filter(({ lasting }) => lasting)
    const keys = this.plan.marked.slice(0, this.trial)
    return keys.filter((key) => lasting.every(({ target }) => target !== key))
  }

  flow(): AsyncDisposable {
    return this.load.flow()
  }

  /** A fault comes at another moment of the load with each trial and each seed. */
  async leadIn(): Promise<void> {
    const before = seededRandom(`${this.plan.seed}/${this.plan.id}/${this.trial}`).below(LEAD)
    this.history.record({ kind: 'fact', name: 'load.before-fault', subject: this.markedKey, value: before })
    const passed = () => this.history.all('op.invoke').filter(({ seq }) => seq > this.trialBegan).length
    await this.patience.until(`${before} commands before the fault`, () => passed() >= before, {
      seen: () => `${passed()} were sent`,
      every: 10,
    })
  }

  link(name: string): Link {
    const link = this.parts.links.get(name)
    if (!link) throw new Error(`the plan has no link '${name}'`)
    return link
  }

  /** @throws where a link is between the relay and the broker */
  get wire(): WireFaults {
    if (!this.parts.wire) throw new Error('a scenario hurts a link or the wire, not both')
    return this.parts.wire
  }

  /** The relay that is hurt. @throws where the relay is a connector */
  get relay(): RunningService {
    const [relay] = this.parts.relays
    if (!relay) throw new Error(`${this.publisher.name} has no relay process`)
    return relay
  }

  /**
   * The relay that stands at a gate, by the door through which its session came.
   * @throws {HolderUnknown} when it is one of several, and came by another way
   */
  get relayAtGate(): RunningService {
    const { doors, relays } = this.parts
    const holder = relays.length < 2 ? this.relay : ledBy(doors, relays, this.waitingAtGate)
    if (holder) return holder
    throw holderUnknown(this.publisher.name, this.waitingAtGate)
  }

  /** Waits until the marked aggregate's outbox row is marked. @throws {DeadlinePassed} */
  async marked(): Promise<void> {
    const { markedKey: key, trialBegan } = this
    const look = () => {
      const isMark = marksOf(key, this.view)
      return this.history.first('pg.tx', ({ seq, rows }) => seq > trialBegan && rows.some(isMark))
    }
    const deadline = this.plan.bounds.recovery
    await this.patience.until(`the outbox row of ${key} to be marked`, look, { deadline })
  }

  /** Waits until a record about this aggregate is on the log. @throws {DeadlinePassed} */
  async stored(
    key: string,
    { from = 0, deadline = this.reach }: { from?: number; deadline?: number } = {},
  ): Promise<EventOf<'k.record'>> {
    const look = () => recordsAbout(key, this.view).find(({ record }) => record.seq > from)
    const { record } = await this.patience.until(`a record of ${key}`, look, { deadline, every: 20 })
    return record
  }

  /** Places a command whose answer is long in coming: it stands at a gate. Its answer is taken by the methods below. */
  placeAside(key: string): void {
    this.#aside = this.load.place(key, false, this.plan.bounds.recovery)
    this.#aside.catch(() => {})
  }

  /** The command that stood aside has its answer, whatever that is; its fate in the database is written down. */
  async settleWaiting(): Promise<void> {
    await this.#aside?.catch(() => {})
    await this.#fate()
  }

  /** The client that got no answer sends its command again. */
  async repeatAside(): Promise<void> {
    const aside = await this.#aside
    if (aside && aside.answer.outcome === 'info') {
      const answered = async () => (await this.load.repeat(aside.command)).outcome !== 'info'
      const what = `an answer to the repeated command of ${aside.command.key}`
      await this.patience.until(what, answered, { every: 200 })
    }
    await this.#fate()
  }

  async #fate(): Promise<void> {
    const xid = this.waitingAtGate?.xid
    this.waitingAtGate = undefined
    if (!xid) return
    const status = await this.patience.until(`transaction ${xid} to end`, async () => {
      const [row] = await query(this.database.url('host'), 'SELECT pg_xact_status($1::xid8) AS status', [xid])
      return row?.status === 'in progress' ? undefined : row?.status
    })
    this.history.record({ kind: 'pg.xact', xid, status: status === 'aborted' ? 'aborted' : 'committed' })
  }

  /** Waits until the event of a command is on the log. @throws {DeadlinePassed} */
  async announced(command: Command, deadline = this.plan.bounds.recovery): Promise<void> {
    const since = this.#invoked(command)
    const isAnnounced = ({ key, records, tx }: ExpectedEvent) =>
      this.view.aggregates.nameOf(key) === command.key && records.length > 0 && tx.event.seq > since
    const what = `the event of ${command.op} on ${command.key}`
    const look = () => this.view.expectedEvents().some(isAnnounced)
    await this.patience.until(what, look, { deadline, every: 20 })
  }

  #invoked(command: Command): number {
    return this.history.first('op.invoke', ({ op }) => op === command.op)?.seq ?? 0
  }

  /** What is known so far. */
  get view(): PublisherView {
    return this.parts.view
  }

  /** Keeps a window open for so long. */
  hold(milliseconds: number): Promise<void> {
    return this.patience.hold(milliseconds)
  }

  /**
   * Waits until everything that was committed is published or parked, seen by both observers.
   * @returns false when the recovery bound passed before; what that means is for the judge to say.
   * @throws {Misdeclared} before anything was hurt, where nothing came to a place that the config names, and something
   * came to another one
   */
  async settled(): Promise<boolean> {
    await this.parts.commits.fence()
    const what = 'every promised command to be committed, and every committed event to be published'
    const deadline = this.plan.bounds.recovery + 1_000
    const settled = await this.patience.within(what, () => this.view.settled, { deadline, every: 100 })
    if (settled) await this.#marks.await(this, this.trial)
    if (settled) await this.log.fence()
    else this.history.record({ kind: 'note', text: lateText(waitedForIn(this.view), deadline) })
    if (this.trial === 0) await asDeclared(this)
    return settled
  }

  /**
   * The end of the evidence: both observers have seen everything, and a connector has confirmed all that was committed,
   * so that what is absent is lost and not late. A connector that does not confirm is stopped, which makes it say.
   */
  async concluded(): Promise<void> {
    const { slot, connector, commits, log, clients, schemaIds } = this.parts
    for (const client of clients) client.conclude()
    await allTold(this.patience, this.parts.view)
    await commits.fence()
    if (slot) {
      const last = this.view.expectedEvents().at(-1)?.tx.commitLsn ?? 0
      const confirmed = async () => (await slot.look()).confirmedFlushLsn > last
      await until(confirmed, { what: 'the slot to be confirmed', deadline: CONFIRM, every: 100 }).catch(
        async () => {
          this.history.record({
            kind: 'note',
            text: 'the slot was not confirmed to the last commit; the connector is stopped',
          })
          await connector
            ?.stop()
            .catch((error) => this.history.record({ kind: 'note', text: messageOf(error) }))
          await slot.look()
        },
      )
    }
    await log.fence()
    await schemaIds?.fence()
    if (!this.publisher.compacted) return
    const value = await log.removedSince()
    this.history.record({ kind: 'fact', name: 'records.removed', subject: this.publisher.topic, value })
  }
}
