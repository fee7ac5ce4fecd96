import type { EventproofError } from '../core/error.ts'
import { CHECKERS } from '../proof/checkers/consume/checkers.ts'
import type { ConsumerPlan } from '../proof/history/plan.ts'
import type { ScenarioHistory } from '../proof/history/scenario-history.ts'
import type { ScenarioJudgement } from '../proof/judgement.ts'
import type { Capability } from '../stacks/stack.ts'
import { consumerBounds } from './consumer-laboratory/consumer-bounds.ts'
import type { ConsumerLaboratory } from './consumer-laboratory/consumer-laboratory.ts'
import { declareConsumer } from './consumer-laboratory/declare-consumer.ts'
import { openConsumerLaboratory } from './consumer-laboratory/open-consumer-laboratory.ts'
import { run } from './course.ts'
import type { Experiment, ExperimentOptions } from './experiment.ts'
import type { Setting } from './laboratory/setting.ts'
import type { ArmedWindow, Bite } from './window.ts'

const KEYS = Array.from({ length: 20 }, (_, n) => `key-${String(n + 1).padStart(2, '0')}`)

/** One scenario on a consumer. Runnable without Cucumber: `await new ConsumerExperiment(setting, options).enter(…).run()` */
export class ConsumerExperiment implements Experiment {
  readonly #setting: Setting
  readonly #options: ExperimentOptions
  #window: ArmedWindow<ConsumerLaboratory> | undefined
  readonly #bites: Bite<ConsumerLaboratory>[] = []
  #asserted: readonly string[] = []
  notReady: EventproofError | undefined
  #judgement: Promise<ScenarioJudgement> | undefined

  constructor(setting: Setting, options: ExperimentOptions) {
    this.#setting = setting
    this.#options = options
  }

  /** The window to be entered in each trial, and what is done to the consumer while it is open. */
  enter(window: ArmedWindow<ConsumerLaboratory>, ...bites: readonly Bite<ConsumerLaboratory>[]): this {
    this.#window = window
    this.#bites.push(...bites)
    return this
  }

  asserts(checkers: readonly string[]): void {
    this.#asserted = [...new Set(checkers)]
  }

  run(spoiled?: string): Promise<ScenarioJudgement> {
    this.#judgement ??= this.#run(spoiled)
    return this.#judgement
  }

  get capabilities(): readonly Capability[] {
    const needs = [this.#window?.needs, ...this.#bites.map((bite) => bite.needs)]
    return [
      ...new Set<Capability>([
        'logical-replication',
        'create-trigger',
        ...needs.flatMap((need) => need?.capabilities ?? []),
      ]),
    ]
  }

  get #config() {
    const config = this.#setting.config.consumers?.[this.#options.subject]
    if (!config) throw new Error(`the config has no consumer '${this.#options.subject}'`)
    return config
  }

  #plan(prefix: string): ConsumerPlan {
    const { trials, seed, disarmed, commands } = this.#setting
    const { id, title, controls, subject } = this.#options
    const window = this.#window
    const instruments = [...(window?.instruments ?? []), ...this.#bites.flatMap((bite) => bite.instruments)]
    return {
      id,
      title,
      controls,
      consumer: declareConsumer(subject, this.#config, prefix),
      windows: window ? [window.id] : [],
      trials: window ? (window.once ? 1 : trials) : 0,
      faults: [...new Set(instruments)],
      checkers: [...CHECKERS.keys()],
      asserted: this.#asserted,
      bounds: consumerBounds(this.#config, {
        events: Math.min(commands, 2 * KEYS.length),
        keys: KEYS.length,
      }),
      seed,
      disarmed: disarmed.includes('all') ? instruments : disarmed,
      marked: window ? Array.from({ length: trials }, (_, n) => `marked-${n + 1}`) : [],
    }
  }

  async #run(spoiled?: string): Promise<ScenarioJudgement> {
    const setting = this.#setting
    const { name } = this.#options
    const plan = this.#plan(`${name}.`)
    const bites = this.#bites
    const needs = [this.#window?.needs, ...bites.map((bite) => bite.needs)]
    const open = async (history: ScenarioHistory) => {
      await setting.stack.need(['postgres', 'kafka'])
      return openConsumerLaboratory({
        setting,
        plan,
        history,
        consumer: this.#config,
        topicPrefix: `${name}.`,
        database: name,
        keys: KEYS,
        instances: Math.max(1, ...needs.map((need) => need?.consumers ?? 1)),
        redrive: this.#window?.needs.redrive,
        expiry: needs.some((need) => need?.expiry) ? this.#config.expiry : undefined,
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
