import { milliseconds } from '../core/duration.ts'
import type { EventproofError } from '../core/error.ts'
import { CHECKERS } from '../proof/checkers/publish/checkers.ts'
import type { PublisherPlan } from '../proof/history/plan.ts'
import type { ScenarioHistory } from '../proof/history/scenario-history.ts'
import type { ScenarioJudgement } from '../proof/judgement.ts'
import type { Capability, ComponentName } from '../stacks/stack.ts'
import { run } from './course.ts'
import type { Experiment, ExperimentOptions } from './experiment.ts'
import { declare, relayOf } from './laboratory/declaration.ts'
import { openLaboratory } from './laboratory/open-laboratory.ts'
import type { Setting } from './laboratory/setting.ts'
import type { ArmedWindow, Bite } from './window.ts'

/** Aggregates of the load, and aggregates whose commits the database refuses. */
const KEYS = Array.from({ length: 20 }, (_, n) => `key-${String(n + 1).padStart(2, '0')}`)
/** How long an event may wait because one of another aggregate can't be published. */
const HEAD_OF_LINE = '5s'
const REFUSED_KEYS = ['refused-1', 'refused-2', 'refused-3']

/**
 * One scenario: what is to be done to a publisher, collected first and then run as one piece. Runnable without Cucumber:
 *
 *     await new PublisherExperiment(setting, options).enter(publishedNotMarked, killRelay).run()
 */
export class PublisherExperiment implements Experiment {
  readonly #setting: Setting
  readonly #options: ExperimentOptions
  #window: ArmedWindow | undefined
  readonly #bites: Bite[] = []
  #relays = 1
  #asserted: readonly string[] = []
  /** Why the publisher or its surroundings could not be brought up. */
  notReady: EventproofError | undefined
  #judgement: Promise<ScenarioJudgement> | undefined

  constructor(setting: Setting, options: ExperimentOptions) {
    this.#setting = setting
    this.#options = options
  }

  get publisher(): string {
    return this.#options.subject
  }

  /** The window to be entered in each trial, and what is done to the publisher while it is open. */
  enter(window: ArmedWindow, ...bites: readonly Bite[]): this {
    this.#window = window
    this.#bites.push(...bites)
    this.#relays = window.needs.relays ?? 1
    return this
  }

  asserts(checkers: readonly string[]): void {
    this.#asserted = [...new Set(checkers)]
  }

  /** Runs once; every call resolves with the same judgement. Whatever goes wrong is in the judgement. */
  run(spoiled?: string): Promise<ScenarioJudgement> {
    this.#judgement ??= this.#run(spoiled)
    return this.#judgement
  }

  /** What the stack must be able to do. */
  get capabilities(): readonly Capability[] {
    const needs = [this.#window?.needs, ...this.#bites.map(({ needs }) => needs)]
    return [
      ...new Set<Capability>([
        'logical-replication',
        'create-trigger',
        ...needs.flatMap((need) => need?.capabilities ?? []),
      ]),
    ]
  }

  /** What must run before it can begin. */
  get components(): readonly ComponentName[] {
    const debezium = relayOf(this.#config).kind === 'debezium'
    return ['postgres', 'kafka', 'toxiproxy', ...(debezium ? (['connect'] as const) : [])]
  }

  get #config() {
    const config = this.#setting.config.publishers?.[this.#options.subject]
    if (!config) throw new Error(`the config has no publisher '${this.#options.subject}'`)
    return config
  }

  #plan(name: string): PublisherPlan {
    const { trials, seed, disarmed, commands } = this.#setting
    const { id, title, controls, subject } = this.#options
    const window = this.#window
    const recovery = milliseconds(this.#config.recoverWithin ?? '30s')
    const instruments = [...(window?.instruments ?? []), ...this.#bites.flatMap((bite) => bite.instruments)]
    return {
      id,
      title,
      controls,
      publisher: declare(subject, this.#config, { topicPrefix: `${name}.`, slot: name }),
      windows: window ? [window.id] : [],
      trials: window ? (window.once ? 1 : trials) : 0,
      faults: [...new Set(instruments)],
      checkers: [...CHECKERS.keys()],
      asserted: this.#asserted,
      bounds: {
        recovery,
        headOfLine: milliseconds(this.#config.headOfLine ?? HEAD_OF_LINE),
        events: Math.min(commands, 2 * KEYS.length),
        keys: KEYS.length,
      },
      seed,
      disarmed: disarmed.includes('all') ? instruments : disarmed,
      marked: window ? Array.from({ length: trials }, (_, n) => `marked-${n + 1}`) : [],
    }
  }

  async #run(spoiled?: string): Promise<ScenarioJudgement> {
    const setting = this.#setting
    const { name } = this.#options
    const plan = this.#plan(name)
    const bites = this.#bites
    const needs = [this.#window?.needs, ...bites.map((bite) => bite.needs)]
    using _turn = this.components.includes('connect')
      ? await setting.turns.take(needs.some((need) => need?.exclusive === 'connect'))
      : undefined
    const open = async (history: ScenarioHistory) => {
      await setting.stack.need(this.components)
      return openLaboratory({
        setting,
        plan,
        history,
        publisher: this.#config,
        topicPrefix: `${name}.`,
        database: name,
        keys: KEYS,
        refusedKeys: REFUSED_KEYS,
        links: [...new Set(needs.flatMap((need) => need?.links ?? []))],
        relays: this.#relays,
        ownServer: needs.some((need) => need?.ownServer),
        commands: setting.commands,
      })
    }
    const { judgement, notReady } = await run(setting, {
      plan,
      window: this.#window,
      bites,
      spoiled,
      open,
    })
    this.notReady = notReady
    return judgement
  }
}
