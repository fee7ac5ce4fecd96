import type { FaultLog } from '../../../faults/fault-log.ts'
import type { WireEffect, WireFault } from '../../../kafka-wire/fault.ts'
import type { Attempts } from '../../../proof/gates/attempts.ts'
import type { EffectGate } from '../../../proof/gates/effect-gate.ts'
import type { Waiting } from '../../../proof/gates/gate-locks.ts'
import type { EventOf, Phase } from '../../../proof/history/event.ts'
import type { ScenarioHistory } from '../../../proof/history/scenario-history.ts'
import type { DatabaseObserver } from '../../../proof/observers/database-observer.ts'
import type { LogObserver } from '../../../proof/observers/log-observer.ts'
import type { OffsetObserver } from '../../../proof/observers/offset-observer.ts'
import type { WireObserver } from '../../../proof/observers/wire-observer.ts'
import type { Database, RunningService } from '../../../stacks/stack.ts'
import { DeclarationWrong } from '../../testbed/declaration-wrong.ts'
import type { Door } from '../../testbed/door.ts'
import type { HttpStub } from '../../testbed/http-stub.ts'
import { lateText } from '../../testbed/late.ts'
import { Patience } from '../../testbed/patience.ts'
import type { RegistryDoor } from '../../testbed/registry-door.ts'
import type { SchemaIds } from '../../testbed/schema-ids.ts'
import { allTold } from '../../testbed/spans-told.ts'
import { WireFaults } from '../../testbed/wire-faults.ts'
import type { Testbed } from '../../testbed.ts'
import type { ConsumerDeclaration, ConsumerPlan } from '../plan.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { effectName } from '../view/effect-name.ts'
import type { Input, Inputs, Intent, PreparedInput } from './inputs.ts'
import { misdeclared } from './misdeclared.ts'
import { misplaced } from './misplaced.ts'
import type { Encoder } from './open-encoder.ts'
import { othersAhead } from './others-ahead.ts'
import { Outcomes } from './outcomes.ts'
import { readsBegun } from './reads-begun.ts'
import type { RedriveService } from './redrive-service.ts'

/** Everything of one consumer scenario that runs. */
export interface ConsumerParts {
  readonly view: ConsumerView
  readonly history: ScenarioHistory
  readonly database: Database
  readonly gate: EffectGate
  readonly attempts: Attempts
  readonly faults: FaultLog
  readonly inputs: Inputs
  readonly commits: DatabaseObserver
  readonly log: LogObserver
  readonly offsets: OffsetObserver
  /** Of its outputs, where they are declared to be written through a registry. */
  readonly schemaIds?: SchemaIds
  /** Its way to the registry that it reads through, and what writes by that one. */
  readonly registry?: RegistryDoor
  readonly encoder?: Encoder
  readonly wire: WireObserver
  readonly stub: HttpStub
  readonly consumers: readonly RunningService[]
  /** Of each of them, its way to the database. */
  readonly doors: readonly Door[]
  readonly redrive: RedriveService | undefined
  /** Deletes the group's offsets of the declared topic. @throws {DeadlinePassed} while somebody is in the group */
  readonly deleteOffsets: () => Promise<void>
  /** All that the scenario made, those of other services among them. */
  readonly topics: readonly string[]
  readonly signal: AbortSignal
  /** Inputs of the load in each control phase. */
  readonly count: number
}

/** Events that a consumer has in its hands beside the one that it works on. */
const BEHIND = 3
/** Milliseconds in which the database has noticed that a client was killed. */
const ROLLED_BACK = 5_000
/** Milliseconds that a consumer has to get to where a window opens. */
const REACH = 20_000

/** What windows and faults work with: one consumer under load, its faults and its observers. */
export class ConsumerTestbed implements Testbed {
  readonly parts: ConsumerParts
  readonly outcomes: Outcomes
  trial = 0
  trialBegan = 0
  /** Who stands at the effect gate. */
  waiting: Waiting | undefined
  /** An instance that was told to start, and may not have come to it: it never fails. */
  starting: Promise<void> = Promise.resolve()
  #gated = ''
  readonly patience: Patience
  readonly #wire: WireFaults

  constructor(parts: ConsumerParts) {
    this.parts = parts
    const {
      view: { plan },
      signal,
    } = parts
    this.patience = new Patience({ disarmed: plan.disarmed.length > 0, reach: REACH, signal })
    this.outcomes = new Outcomes(parts.view)
    this.#wire = new WireFaults(parts.wire.proxy, parts.faults, (event) => parts.history.record(event))
  }

  /** What faults can hurt here. */
  readonly targets = {
    consumer: () => ({ instance: this.instance, hold: (milliseconds: number) => this.hold(milliseconds) }),
    session: () => ({ waiting: this.waiting, url: this.parts.database.url('host'), key: this.markedKey }),
  }

  get plan(): ConsumerPlan {
    return this.parts.view.plan
  }
  get consumer(): ConsumerDeclaration {
    return this.plan.consumer
  }
  get history(): ScenarioHistory {
    return this.parts.history
  }
  get faults(): FaultLog {
    return this.parts.faults
  }

  /** The key that this trial treats apart. */
  get markedKey(): string {
    return this.plan.marked[this.trial - 1] ?? ''
  }

  /** Keys beside it: not all of them are worked on by the same thread, or in the same lane. */
  get #otherKeys(): readonly string[] {
    return [1, 2, 3].map((n) => `${this.markedKey}-beside-${n}`)
  }

  get reach(): number {
    return this.patience.reach
  }

  /** The instance that is hurt. */
  get instance(): RunningService {
    return this.#instance(0)
  }
  /** The one that takes over. @throws where the window needs no second instance */
  get second(): RunningService {
    return this.#instance(1)
  }

  #instance(n: number): RunningService {
    const service = this.parts.consumers[n]
    if (!service)
      throw new Error(`${this.consumer.name} runs in ${this.parts.consumers.length} instances only`)
    return service
  }

  /** The next event of the marked key. */
  prepare(intent: Intent = {}): PreparedInput {
    return this.parts.inputs.prepare(this.markedKey, intent)
  }

  /** By what gates and probes know an event. */
  effectKey(input: Pick<PreparedInput, 'id' | 'key' | 'amount'>): string {
    return effectName(this.consumer, input)
  }

  /** Puts an event on the topic, and waits until its first effect stands at the gate in COMMIT. @throws {DeadlinePassed} */
  async putAtGate(prepared = this.prepare(), partition?: number): Promise<Input> {
    this.#gated = this.effectKey(prepared)
    await this.parts.gate.close(this.#gated)
    const input = await this.parts.inputs.put(prepared, partition)
    this.waiting = await this.parts.gate.waiting(this.#gated, this.reach)
    return input
  }

  /**
   * The same, with more events of its key and of others behind it on its partition that a client fetches together with
   * it: they are put while the one before it stands at the gate. What a consumer does with the rest of a batch shows only
   * where there is one, and what it does with others as soon as they got ahead. Effects that do not tell events of a key
   * apart can't be held one by one: there is none behind then. @throws {DeadlinePassed}
   */
  async putBatchAtGate(): Promise<void> {
    const [before, held, ...behind] = Array.from({ length: 2 + BEHIND }, () => this.prepare())
    if (before === undefined || held === undefined) return
    await this.putAtGate(before)
    if (this.effectKey(held) === this.effectKey(before)) return
    const { gate, inputs } = this.parts
    const first = this.#gated
    this.#gated = this.effectKey(held)
    const others: Input[] = []
    let standing: Input
    try {
      await gate.close(this.#gated)
      standing = await inputs.put(held)
      for (const input of behind) await inputs.put(input)
      for (const key of this.#otherKeys)
        others.push(await inputs.put(inputs.prepare(key), standing.partition))
    } finally {
      await gate.open(first)
    }
    this.waiting = await gate.waiting(this.#gated, this.reach)
    const { outcomes, patience } = this
    await othersAhead({ view: this.parts.view, outcomes, patience }, standing, others)
  }

  async openGate(): Promise<void> {
    this.waiting = undefined
    await this.parts.gate.open(this.#gated)
  }

  /** The same, when what a consumer that was killed had not committed is rolled back. */
  async openGateBehind(): Promise<void> {
    if (!this.instance.running) await this.parts.gate.openBehind(this.#gated, ROLLED_BACK)
    await this.openGate()
  }

  /** Arms a fault on the wire between the consumers and the broker. */
  hurtWire(fault: WireFault): Promise<void> {
    return this.#wire.inject(fault)
  }

  get wireEffects(): readonly WireEffect[] {
    return this.#wire.effects
  }

  healWire(): Promise<void> {
    return this.#wire.heal()
  }

  /** Resolves with the transaction that left the effect of an input. @throws {DeadlinePassed} */
  effective(input: Input, deadline = this.plan.bounds.recovery): Promise<EventOf<'pg.tx'>> {
    const what = `the effect of event ${input.event}`
    return this.patience.until(what, () => this.outcomes.effectOf(input), { deadline, every: 20 })
  }

  /** Resolves when the group has committed past an input. @throws {DeadlinePassed} */
  async committedPast(input: Input, deadline = this.plan.bounds.recovery): Promise<void> {
    const what = `the group to commit past ${input.partition}/${input.offset}`
    await this.patience.until(what, () => this.outcomes.committedPast(input), { deadline, every: 20 })
  }

  /** A group without a position may begin at the end, behind events that are there: the first load waits for its readers. */
  async control(phase: Phase): Promise<void> {
    if (phase === 'control-before') await readsBegun(this.parts.view, this.patience)
    await this.parts.inputs.run(this.parts.count)
  }

  flow(): AsyncDisposable {
    return this.parts.inputs.flow()
  }

  /** Keeps a window open for so long. */
  hold(milliseconds: number): Promise<void> {
    return this.patience.hold(milliseconds)
  }

  /**
   * Waits until every input has come to its end.
   * @returns false when the recovery bound passed before; what that means is for the judge to say.
   * @throws {Misdeclared} where clients use other names than the declared ones, or what the config names in rows is not
   * what stands there
   */
  async settled(): Promise<boolean> {
    await this.parts.commits.fence()
    const deadline = Math.max(this.plan.bounds.recovery, this.consumer.outputs?.within ?? 0) + 1_000
    const ended = await this.patience.within('every input to be handled', () => this.outcomes.ended(), {
      deadline,
      every: 50,
    })
    this.#asDeclared(ended)
    if (!ended) this.history.record({ kind: 'note', text: lateText(this.outcomes.waitedFor(), deadline) })
    return ended
  }

  /** @throws {Misdeclared} */
  #asDeclared(ended: boolean): void {
    const { topics: known, redrive } = this.parts
    const { name, topic, retry } = this.consumer
    const alone = redrive === undefined
    // Retry topics and dead letters are asked for when an event has failed.
    const failing = [...(retry?.topics ?? []), ...(retry ? [retry.deadLetter] : [])]
    const names =
      this.trial === 0
        ? { topics: ended ? [] : [topic], known, alone }
        : { topics: ended ? [] : failing, known, alone: false, similar: true as const }
    const wrong = misdeclared(this.history, this.consumer, names)
    if (wrong !== undefined) throw wrong
    const place = this.trial === 0 ? misplaced(this.parts.view) : undefined
    if (place !== undefined) throw new DeclarationWrong(`consumers.${name}`, place.field, place)
  }

  async concluded(): Promise<void> {
    const { commits, log, offsets, wire, schemaIds } = this.parts
    wire.conclude()
    await allTold(this.patience, this.parts.view)
    await commits.fence()
    await offsets.fence()
    const { group } = this.consumer
    const last = this.history.all('k.commit').findLast((commit) => commit.group === group)
    this.history.record({ kind: 'fact', name: 'offsets.read', subject: group, value: last?.position ?? -1 })
    await log.fence()
    await schemaIds?.fence()
  }
}
