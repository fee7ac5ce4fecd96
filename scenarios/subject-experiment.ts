import type { EventproofError } from '../core/error.ts'
import type { Fault, Needs } from '../faults/fault.ts'
import { gateFault } from '../proof/history/gate-name.ts'
import type { ScenarioHistory } from '../proof/history/scenario-history.ts'
import type { View } from '../proof/history/view.ts'
import type { ScenarioJudgement } from '../proof/judgement.ts'
import { isAsked } from '../proof/predicate.ts'
import type { Capability } from '../stacks/stack.ts'
import type { Enterable } from './enterable.ts'
import type { Experiment, ExperimentOptions } from './experiment.ts'
import { type Isolation, isolationOf } from './isolation.ts'
import { onOwnBroker } from './on-own-broker.ts'
import type { Opened } from './opened.ts'
import type { OwnAct, OwnMoment, RunWith } from './own-steps.ts'
import type { RunContext } from './run-context.ts'
import type { Testbed } from './testbed.ts'
import { run } from './trial-runner.ts'
import type { Window } from './window.ts'

declare module '../proof/history/fact.ts' {
  interface Facts {
    /** Why the names of a subject's topics and groups can't be prefixed: the scenario has a broker of its own. */
    'isolation.broker': string
  }
}

/** What experiments on all kinds of subjects have in common: a window, what is done while it is open, one run. */
export abstract class SubjectExperiment<T extends Testbed, C> implements Experiment {
  readonly #of: Enterable<T, C>
  protected readonly context: RunContext
  protected readonly options: ExperimentOptions
  protected window: Window<T> | undefined
  protected variant: string | undefined
  #words: readonly string[] = []
  readonly #faults: Fault[] = []
  #asserted: readonly string[] = []
  #notReady: EventproofError | undefined
  readonly #own: Record<OwnMoment, OwnAct[]> = { 'before-load': [], 'while-open': [] }
  #how: RunWith = {}

  constructor(of: Enterable<T, C>, context: RunContext, options: ExperimentOptions) {
    this.#of = of
    this.context = context
    this.options = options
  }

  get kind(): string {
    return this.#of.id
  }

  enter(phrase: string, words: readonly string[] = [], faults: readonly Fault[] = []): this {
    const window = this.#of.windows.get(phrase)
    if (!window) throw new Error(`no window of ${this.kind} is called '${phrase}'`)
    this.window = window
    this.#words = words
    this.#faults.push(...faults)
    return this
  }

  vary(phrase: string): this {
    const variant = this.#of.variants.get(phrase)
    if (variant === undefined) throw new Error(`no variant of ${this.kind} is called '${phrase}'`)
    this.variant = variant
    return this
  }

  asks(predicate: string): boolean {
    const words = this.#of.predicates.get(predicate)
    return words !== undefined && isAsked(words, this.options.controls)
  }

  asserts(predicates: readonly string[]): void {
    this.#asserted = [...new Set(predicates)].filter((id) => this.asks(id))
  }

  insert(moment: OwnMoment, act: OwnAct): void {
    this.#own[moment].push(act)
  }

  run(how: RunWith = {}): Promise<ScenarioJudgement> {
    const [homeless] = this.window ? [] : this.#own['while-open']
    const spoiled =
      how.spoiled ??
      (homeless && `'${homeless.words}' acts while a window is open, and the scenario enters none`)
    this.#how = { ...how, ...(spoiled === undefined ? {} : { spoiled }) }
    return this.perform()
  }

  get notReady(): EventproofError | undefined {
    return this.#notReady
  }

  get capabilities(): readonly Capability[] {
    return [
      ...new Set([
        ...this.#of.needs.capabilities,
        ...this.needs.flatMap(({ capabilities = [] }) => capabilities),
      ]),
    ]
  }

  protected get needs(): readonly Needs[] {
    return [...(this.window ? [this.window.needs] : []), ...this.#faults.map(({ needs }) => needs)]
  }

  /** What plans of all kinds say alike. @param trials of the window @param also what `--disarm` switches off besides */
  protected common(trials: number, also: readonly string[] = []) {
    const { seed, disarmed } = this.context
    const { id, title, controls, feature, topics } = this.options
    const prefixed = (names: readonly string[]) => names.map((topic) => this.topicPrefix + topic)
    const { window } = this
    const hurting = [...(window?.faults ?? []), ...this.#faults.map((fault) => fault.id)]
    const gates = window?.gates ?? []
    return {
      id,
      title,
      controls,
      ...(feature === undefined ? {} : { feature }),
      ...(topics ? { topics: { writes: prefixed(topics.writes), reads: prefixed(topics.reads) } } : {}),
      windows: window ? [window.id] : [],
      trials: window ? (window.once ? 1 : trials) : 0,
      traits: window?.traits ?? [],
      faults: [...new Set(hurting)],
      gates,
      predicates: [...this.#of.predicates.keys()].filter((id) => this.asks(id)),
      asserted: this.#asserted,
      seed,
      disarmed: disarmed.includes('all') ? [...gates.map(gateFault), ...hurting, ...also] : disarmed,
      marked: window ? Array.from({ length: trials }, (_, n) => `marked-${n + 1}`) : [],
    }
  }

  checkSubject(): void {
    void this.declared
  }

  /** What the config says of the subject. @throws where it says nothing */
  protected get declared(): C {
    const { config: section } = this.#of
    const { subject } = this.options
    const declared = section.of(this.context.config)[subject]
    if (declared === undefined) throw new Error(`the config declares no '${subject}' in ${section.name}`)
    return declared
  }

  /** How its names are kept apart from those of other scenarios. */
  get #isolation(): Isolation {
    return isolationOf(this.#of.config, this.options.subject, this.context.config)
  }

  /** Before every topic and group; empty where the scenario has a broker of its own. */
  protected get topicPrefix(): string {
    return this.#isolation.by === 'prefix' ? `${this.options.name}.` : ''
  }

  /** Brings the subject up as this kind does, and runs the trials. */
  protected abstract perform(): Promise<ScenarioJudgement>

  /** @param open brings the subject up on the stack of the context that it is given */
  protected async follow(
    view: View,
    open: (history: ScenarioHistory, context: RunContext) => Promise<Opened<T>>,
  ): Promise<ScenarioJudgement> {
    const { window } = this
    const { judgement, notReady } = await run(this.context, {
      view,
      window,
      words: this.#words,
      faults: this.#faults,
      own: this.#own,
      how: this.#how,
      open: (history) => {
        const { by, why } = this.#isolation
        if (by === 'prefix') return open(history, this.context)
        history.record({ kind: 'fact', name: 'isolation.broker', subject: this.options.subject, value: why })
        return onOwnBroker(this.context, (context) => open(history, context))
      },
    })
    this.#notReady = notReady
    return judgement
  }
}
