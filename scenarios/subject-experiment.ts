import type { EventproofError } from '../core/error.ts'
import type { ScenarioPlan } from '../proof/history/plan.ts'
import type { ScenarioJudgement } from '../proof/judgement.ts'
import type { Capability } from '../stacks/stack.ts'
import type { Experiment, ExperimentOptions } from './experiment.ts'
import type { RunContext } from './run-context.ts'
import { type Course, run, type Testbed } from './trial-runner.ts'
import type { Fault, Needs, Window } from './window.ts'

/** What the observers and gates of every experiment need. */
const ALWAYS: readonly Capability[] = ['logical-replication', 'create-trigger']

/** What experiments on all kinds of subjects have in common: a window, what is done while it is open, one run. */
export abstract class SubjectExperiment<T extends Testbed> implements Experiment {
  protected readonly context: RunContext
  protected readonly options: ExperimentOptions
  protected window: Window<T> | undefined
  readonly #faults: Fault<T>[] = []
  #asserted: readonly string[] = []
  #notReady: EventproofError | undefined
  #judgement: Promise<ScenarioJudgement> | undefined

  constructor(context: RunContext, options: ExperimentOptions) {
    this.context = context
    this.options = options
  }

  /** The window to be entered in each trial, and what is done to the subject while it is open. */
  enter(window: Window<T>, ...faults: readonly Fault<T>[]): this {
    this.window = window
    this.#faults.push(...faults)
    return this
  }

  asserts(predicates: readonly string[]): void {
    this.#asserted = [...new Set(predicates)]
  }

  run(spoiled?: string): Promise<ScenarioJudgement> {
    this.#judgement ??= this.perform(spoiled)
    return this.#judgement
  }

  get notReady(): EventproofError | undefined {
    return this.#notReady
  }

  get capabilities(): readonly Capability[] {
    return [...new Set([...ALWAYS, ...this.needs.flatMap(({ capabilities = [] }) => capabilities)])]
  }

  protected get needs(): readonly Needs[] {
    return [...(this.window ? [this.window.needs] : []), ...this.#faults.map(({ needs }) => needs)]
  }

  /** What plans of all kinds say alike. @param trials of the window @param also what `--disarm` switches off besides */
  protected common(predicates: ReadonlyMap<string, unknown>, trials: number, also: readonly string[] = []) {
    const { seed, disarmed } = this.context
    const { id, title, controls } = this.options
    const { window } = this
    const hurting = [...(window ? [window] : []), ...this.#faults].flatMap(({ faults }) => faults)
    return {
      id,
      title,
      controls,
      windows: window ? [window.id] : [],
      trials: window ? (window.once ? 1 : trials) : 0,
      faults: [...new Set(hurting)],
      predicates: [...predicates.keys()],
      asserted: this.#asserted,
      seed,
      disarmed: disarmed.includes('all') ? [...hurting, ...also] : disarmed,
      marked: window ? Array.from({ length: trials }, (_, n) => `marked-${n + 1}`) : [],
    }
  }

  /** Brings the subject up as this kind does, and follows the course. */
  protected abstract perform(spoiled: string | undefined): Promise<ScenarioJudgement>

  protected async follow(
    plan: ScenarioPlan,
    spoiled: string | undefined,
    open: Course<T>['open'],
  ): Promise<ScenarioJudgement> {
    const { window } = this
    const { judgement, notReady } = await run(this.context, {
      plan,
      window,
      faults: this.#faults,
      spoiled,
      open,
    })
    this.#notReady = notReady
    return judgement
  }
}
