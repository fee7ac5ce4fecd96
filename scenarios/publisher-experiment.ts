import { milliseconds } from '../core/duration.ts'
import { EventproofError, messageOf } from '../core/error.ts'
import { DeadlinePassed } from '../core/until.ts'
import { CHECKERS } from '../proof/checkers/publish/checkers.ts'
import type { Phase } from '../proof/history/event.ts'
import type { PublisherPlan } from '../proof/history/plan.ts'
import { trialsOf } from '../proof/history/trials.ts'
import { judge } from '../proof/judge.ts'
import type { ScenarioJudgement } from '../proof/judgement.ts'
import type { Capability, ComponentName } from '../stacks/stack.ts'
import type { Experiment, ExperimentOptions } from './experiment.ts'
import { declare, relayOf } from './laboratory/declaration.ts'
import type { Laboratory } from './laboratory/laboratory.ts'
import { openLaboratory } from './laboratory/open-laboratory.ts'
import type { Setting } from './laboratory/setting.ts'
import type { ArmedWindow, Bite } from './window.ts'
import { WINDOWS } from './windows.ts'

/** Aggregates of the load, and aggregates whose commits the database refuses. */
const KEYS = Array.from({ length: 20 }, (_, n) => `key-${String(n + 1).padStart(2, '0')}`)
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

  /** Runs once; every call resolves with the same judgement. Whatever goes wrong is in the judgement. */
  run(): Promise<ScenarioJudgement> {
    this.#judgement ??= this.#run()
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
      trials: window ? trials : 0,
      faults: [...new Set(instruments)],
      checkers: [...CHECKERS.keys()],
      bounds: {
        recovery,
        headOfLine: recovery,
        events: Math.min(commands, 2 * KEYS.length),
        keys: KEYS.length,
      },
      seed,
      disarmed: disarmed.includes('all') ? instruments : disarmed,
      marked: window ? Array.from({ length: trials }, (_, n) => `marked-${n + 1}`) : [],
    }
  }

  async #run(): Promise<ScenarioJudgement> {
    const setting = this.#setting
    const { name } = this.#options
    const plan = this.#plan(name)
    const needs = [this.#window?.needs, ...this.#bites.map((bite) => bite.needs)]
    using _turn = this.components.includes('connect')
      ? await setting.turns.take(needs.some((need) => need?.exclusive === 'connect'))
      : undefined
    const history = setting.history(plan.id)
    history.record({ kind: 'scenario.plan', plan })
    try {
      await setting.stack.need(this.components)
      const { lab, parts } = await openLaboratory({
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
      })
      await using _ = parts
      await this.#experiment(lab)
      history.record({ kind: 'scenario.end', completed: true })
    } catch (error) {
      if (error instanceof EventproofError && !(error instanceof DeadlinePassed)) this.notReady = error
      history.record({ kind: 'scenario.end', completed: false, reason: reasonOf(error) })
    }
    return judge(history.events, WINDOWS)
  }

  async #experiment(lab: Laboratory): Promise<void> {
    const { commands, signal } = this.#setting
    const control = async (phase: Phase, keys: readonly string[]) => {
      lab.history.record({ kind: 'phase', phase })
      await lab.load.touch(keys)
      await lab.load.run(commands)
      return lab.settled()
    }
    let steady = await control('control-before', KEYS)
    for (let trial = 1; steady && trial <= lab.plan.trials && this.#window; trial++) {
      signal.throwIfAborted()
      steady = await this.#trial(lab, this.#window, trial)
    }
    // What comes after the faults under the marked keys shows that the path to their events is open again.
    const marked = this.#window?.instruments.includes('poison') ? [] : lab.plan.marked
    if (this.#window)
      steady = (await control('control-after', [...KEYS, ...marked.slice(0, lab.trial)])) && steady
    lab.history.record({ kind: 'phase', phase: 'drain' })
    await lab.concluded()
  }

  /** @returns whether everything came through afterwards: if not, more trials would tell nothing new. */
  async #trial(lab: Laboratory, window: ArmedWindow, trial: number): Promise<boolean> {
    const { report } = this.#setting
    const scenario = lab.plan.id
    lab.trial = trial
    lab.trialBegan = lab.history.record({ kind: 'phase', phase: 'fault', trial, window: window.id }).seq
    report({ type: 'scenario', scenario, state: 'trial', trial, trials: lab.plan.trials })
    {
      await using flow = new AsyncDisposableStack()
      if (!window.alone) flow.use(lab.load.flow())
      try {
        await window.arm(lab)
      } catch (error) {
        if (!(error instanceof DeadlinePassed)) throw error
        lab.history.record({ kind: 'note', text: `the window did not open: ${messageOf(error)}` })
      }
      if (window.alone) flow.use(lab.load.flow())
      for (const bite of this.#bites) await bite.strike(lab)
      await window.open(lab)
      for (const bite of this.#bites) await bite.recover(lab)
    }
    const settled = await lab.settled()
    const seen = trialsOf(lab.history.events, window.id).find(({ number }) => number === trial)
    if (seen && window.entered(seen))
      report({ type: 'scenario', scenario, state: 'entered', window: window.id, trial })
    return settled
  }
}

function reasonOf(error: unknown): string {
  const detail =
    error instanceof Error && 'detail' in error
      ? (error.detail as { what?: string; last?: string; log?: string })
      : undefined
  const more = [detail?.what, detail?.last && `last: ${detail.last}`, detail?.log && `log: ${detail.log}`]
    .filter(Boolean)
    .join('; ')
  return more && !messageOf(error).includes(more) ? `${messageOf(error)}: ${more}` : messageOf(error)
}
