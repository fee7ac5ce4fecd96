import type { ScenarioJudgement } from '../proof/judgement.ts'
import type { OwnClaim } from '../proof/own-claims.ts'
import type { AddressBook } from '../scenarios/address-book.ts'
import type { Experiment } from '../scenarios/experiment.ts'
import type { OwnMoment, Reached } from '../scenarios/own-steps.ts'
import { outcomeOf, type StepResult } from './step-result.ts'
import type { Vocabulary } from './vocabulary.ts'

type Capability = Experiment['capabilities'][number]

interface Step {
  readonly text: string
  readonly type?: string
}

/**
 * One scenario on one subject while its steps run. The steps and the session that runs them hold the same object: steps
 * say what is to be done, the first `Then` has it done, and the session ends it.
 */
export class RunningScenario {
  readonly experiment: Experiment
  readonly #words: Vocabulary
  readonly #capabilities: ReadonlySet<Capability>
  /** Resolves with what people claimed themselves, once all steps have run. */
  readonly #claimed = Promise.withResolvers<readonly OwnClaim[]>()
  #kept = false
  #step = ''
  #judgement: Promise<ScenarioJudgement> | undefined
  #reached: Reached | undefined

  /** @param capabilities what the stack can do */
  constructor(experiment: Experiment, words: Vocabulary, capabilities: ReadonlySet<Capability>) {
    this.experiment = experiment
    this.#words = words
    this.#capabilities = capabilities
  }

  /**
   * What the stack lacks of what the experiment needs, as far as its steps have said by now. Where there is something,
   * it must not be run: it would fail for that reason, and look as if it had failed for another.
   */
  get lacking(): Capability | undefined {
    return this.experiment.capabilities.find((capability) => !this.#capabilities.has(capability))
  }

  /** All steps of the scenario, before the first of them runs. */
  announce(steps: readonly Step[]): void {
    const { kind } = this.experiment
    this.experiment.asserts(steps.flatMap(({ text }) => this.#words.predicateOf(kind, text) ?? []))
    const claims = fromFirstClaim(steps)
    // Where people claim something themselves, they look at the subject while it still runs.
    this.#kept = claims.some(({ text }) => !this.#words.claims.includes(text))
  }

  /** The step that runs now. */
  at(text: string): void {
    this.#step = text
  }

  insert(moment: OwnMoment, act: (addresses: AddressBook) => unknown): void {
    if (this.#judgement) throw new Error(`'${this.#step}' comes too late: all trials are over`)
    this.experiment.insert(moment, { words: this.#step, act })
  }

  get addresses(): AddressBook {
    if (this.#reached) return this.#reached.addresses
    throw new Error(
      this.#judgement
        ? 'the subject could not be led through its trials, so nothing of it runs any more'
        : 'nothing runs yet: use this.beforeLoad or this.whileOpen, or ask in a Then',
    )
  }

  /**
   * Has the experiment run, once. Resolves when claims can be checked. What this stack can not run is skipped: the run's
   * record says why.
   */
  async reach(): Promise<'skipped' | undefined> {
    if (this.lacking !== undefined) return 'skipped'
    if (this.#judgement === undefined) {
      const reached = Promise.withResolvers<void>()
      this.#judgement = this.experiment.run(
        this.#kept ? { claims: (seen) => this.#keep(seen, reached.resolve) } : {},
      )
      this.#judgement.then(() => reached.resolve(), reached.reject)
      await reached.promise
    }
    return undefined
  }

  #keep(seen: Reached, reached: () => void): Promise<readonly OwnClaim[]> {
    this.#reached = seen
    reached()
    return this.#claimed.promise
  }

  /** Fails where what is claimed does not hold. */
  async claim(words: string): Promise<'skipped' | undefined> {
    const { kind } = this.experiment
    const predicate = this.#words.predicateOf(kind, words)
    if (predicate === undefined) throw new Error(`'${words}' can't be claimed of ${kind}`)
    if ((await this.reach()) === 'skipped') return 'skipped'
    // It is about a control that nobody asked for in this run.
    if (!this.experiment.asks(predicate)) return 'skipped'
    const findings = this.#reached?.findings ?? (await this.#judgement)?.findings
    const finding = findings?.find((one) => one.predicate === predicate)
    if (finding?.kind === 'held') return undefined
    if (finding === undefined) throw new Error(`${predicate} was not judged`)
    const says =
      finding.kind === 'unknown' ? finding.reason : `${finding.name}: ${finding.counterexample.says}`
    throw new Error(`${predicate}: ${says}`)
  }

  /**
   * All steps have run: lets the subject go and resolves with the judgement. Where no step came to claim anything,
   * nothing was run, and that is what is judged: nobody knows what was claimed.
   */
  end(steps: readonly StepResult[]): Promise<ScenarioJudgement> {
    const failure = steps.find(({ status }) => status !== 'PASSED' && status !== 'SKIPPED')
    this.#judgement ??= this.experiment.run({
      spoiled: failure ? `${failure.says} (${failure.place})` : 'no step of the scenario expects anything',
    })
    this.#claimed.resolve(
      fromFirstClaim(steps).flatMap((step) =>
        this.#words.claims.includes(step.text) ? [] : outcomeOf(step),
      ),
    )
    return this.#judgement
  }
}

/** The first `Then` and all that follows it. */
function fromFirstClaim<S extends Step>(steps: readonly S[]): readonly S[] {
  const first = steps.findIndex(({ type }) => type === 'Outcome')
  return first < 0 ? [] : steps.slice(first)
}
