import { milliseconds } from '../core/duration.ts'
import { EventproofError } from '../core/error.ts'
import { CHECKERS } from '../proof/checkers/scale/checkers.ts'
import type { ScalingPlan } from '../proof/history/plan.ts'
import type { ScenarioHistory } from '../proof/history/scenario-history.ts'
import type { ScenarioJudgement } from '../proof/judgement.ts'
import type { Capability } from '../stacks/stack.ts'
import type { ConsumerConfig, ScalingConfig } from '../subjects/contract/index.ts'
import { run } from './course.ts'
import type { Experiment, ExperimentOptions } from './experiment.ts'
import type { Pace, Setting } from './laboratory/setting.ts'
import { declareScaling, undeclaredScaling } from './scaling/declare-scaling.ts'
import { openScalingLaboratory } from './scaling/open-scaling-laboratory.ts'
import { type ScaledBy, SHIFT } from './scaling/other-trigger.ts'
import type { ScalingLaboratory } from './scaling/scaling-laboratory.ts'
import type { ScalingWindow } from './scaling/scaling-window.ts'
import { readWorkload, type Workload } from './scaling/workload.ts'
import type { Bite } from './window.ts'

const KEYS = Array.from({ length: 40 }, (_, n) => `key-${String(n + 1).padStart(2, '0')}`)
/** Replicas that the load of the run without faults asks for: several, and few enough for a small machine. */
const REPLICAS = 4
/** Milliseconds between two looks of the autoscaler: the stack is started with these. */
const AUTOSCALER: Readonly<Record<Pace, number>> = { quick: 1000, declared: 15_000 }
/** Milliseconds beside poll and cooldown until the last pod is gone. */
const GRACE = 10_000

/** One scenario on a scaled workload. Runnable without Cucumber: `await new ScalingExperiment(setting, options).run()` */
export class ScalingExperiment implements Experiment {
  readonly #setting: Setting
  readonly #options: ExperimentOptions
  #window: ScalingWindow | undefined
  readonly #bites: Bite<ScalingLaboratory>[] = []
  #by: ScaledBy = 'lag'
  #asserted: readonly string[] = []
  notReady: EventproofError | undefined
  #judgement: Promise<ScenarioJudgement> | undefined

  constructor(setting: Setting, options: ExperimentOptions) {
    this.#setting = setting
    this.#options = options
  }

  /** The window to be entered in each trial, and what is done to the workload while it is open. */
  enter(window: ScalingWindow, ...bites: readonly Bite<ScalingLaboratory>[]): this {
    this.#window = window
    this.#bites.push(...bites)
    return this
  }

  /** Another trigger takes the place of the manifest's own. */
  scaledBy(by: ScaledBy): this {
    this.#by = by
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
        'kubernetes',
        'logical-replication',
        'create-trigger',
        ...needs.flatMap((need) => need?.capabilities ?? []),
      ]),
    ]
  }

  get #config(): { readonly scaling: ScalingConfig; readonly consumer: ConsumerConfig } {
    const { scaling, consumers } = this.#setting.config
    const declared = scaling?.[this.#options.subject]
    const consumer = declared && consumers?.[declared.consumer]
    if (!declared || !consumer) throw new Error(`the config has no scaling '${this.#options.subject}'`)
    return { scaling: declared, consumer }
  }

  async #run(spoiled?: string): Promise<ScenarioJudgement> {
    const setting = this.#setting
    const { name, subject } = this.#options
    const config = this.#config
    const read = await readWorkload(subject, config.scaling, setting.folder).catch((error) => {
      if (error instanceof EventproofError) return error
      throw error
    })
    const plan = this.#plan(read instanceof EventproofError ? undefined : read)
    const bites = this.#bites
    const needs = [this.#window?.needs, ...bites.map((bite) => bite.needs)]
    const open = async (history: ScenarioHistory) => {
      if (read instanceof EventproofError) throw read
      await setting.stack.need(['postgres', 'kafka'])
      return openScalingLaboratory({
        setting,
        plan,
        history,
        workload: read,
        ...config,
        prefix: `${name}.`,
        database: name,
        keys: KEYS,
        env: needs.some((need) => need?.expiry) ? (config.consumer.expiry?.env ?? {}) : {},
        by: this.#by,
        linked: needs.some((need) => need?.capabilities?.includes('links')),
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

  /** @param workload undefined where its manifests can not be read: then nothing but that is judged */
  #plan(workload: Workload | undefined): ScalingPlan {
    const { seed, disarmed, pace = 'quick' } = this.#setting
    const { id, title, controls, subject, name } = this.#options
    const config = this.#config
    const window = this.#window
    const names = { workload: subject, prefix: `${name}.`, namespace: name }
    const declared = workload
      ? declareScaling(workload, config, names, pace)
      : undeclaredScaling(config, names)
    const clock = this.#by === 'clock'
    // The clock keeps it up for a while, whatever there is to do.
    const scaling = clock ? { ...declared, cooldownPeriod: declared.cooldownPeriod + SHIFT } : declared
    const { pollingInterval, cooldownPeriod, lagThreshold, activationLagThreshold } = scaling
    const useful = scaling.allowIdleConsumers ? scaling.maxReplicas : scaling.partitions
    const replicas = Math.min(REPLICAS, useful, scaling.maxReplicas)
    // Where partitions are what bounds it, as much more as KEDA's rounding lets through: its cap is put to the test.
    const beyond = useful <= REPLICAS && !scaling.allowIdleConsumers ? Math.floor(lagThreshold / 2) : 0
    const startup = milliseconds(config.scaling.startWithin ?? '30s')
    const instruments = [...(window?.instruments ?? []), ...this.#bites.flatMap((bite) => bite.instruments)]
    // Each takes a good part of the way from zero and back.
    const trials = Math.ceil(this.#setting.trials / 3)
    return {
      id,
      title,
      controls,
      scaling,
      windows: window ? [window.id] : [],
      trials: window ? trials : 0,
      faults: [...new Set(instruments)],
      checkers: [...CHECKERS.keys()],
      asserted: this.#asserted,
      bounds: {
        startup,
        growth: AUTOSCALER[pace] + 1000 * pollingInterval + startup,
        grace: GRACE,
        rest: 1000 * (2 * pollingInterval + (window || clock ? 0 : cooldownPeriod)),
        recovery: milliseconds(config.consumer.recoverWithin ?? '30s'),
        events: activationLagThreshold + 1 + (window || clock ? 0 : replicas * lagThreshold + beyond),
      },
      seed,
      disarmed: disarmed.includes('all') ? [...instruments, 'load'] : disarmed,
      marked: window ? Array.from({ length: trials }, (_, n) => `marked-${n + 1}`) : [],
    }
  }
}
