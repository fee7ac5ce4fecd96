import {
  Before,
  BeforeStep,
  defineParameterType,
  Given,
  setDefaultTimeout,
  setWorldConstructor,
  Then,
  When,
} from '@cucumber/cucumber'
import type { Fault } from '../faults/fault.ts'
import { ProofWorld } from './proof-world.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Milliseconds that a step of people's own may take, where it says nothing else. */
const PATIENCE = 60_000
/** Every wait inside our own steps has a deadline, with words for what was waited for. */
const OURS = { timeout: -1 }

/** Defines every step of the vocabulary, and the world that all steps share, in the library that Cucumber builds now. */
export function defineSteps({ givens, variants, windows, claims, faults }: Vocabulary): void {
  setDefaultTimeout(PATIENCE)
  setWorldConstructor(ProofWorld)

  // The experiment runs before the first step that claims something: all that is claimed must be known by then.
  Before(function (this: ProofWorld, { pickle }) {
    this.scenario.announce(pickle.steps)
  })
  BeforeStep(OURS, async function (this: ProofWorld, { pickleStep: { text, type } }) {
    this.scenario.at(text)
    return type === 'Outcome' ? this.scenario.reach() : undefined
  })

  defineParameterType({
    name: 'fault',
    regexp: [...faults.keys()],
    transformer: (phrase: string) => faults.get(phrase),
  })

  for (const words of givens)
    Given(words, OURS, function (this: ProofWorld) {
      this.scenario.experiment.checkSubject()
    })

  for (const words of variants)
    When(words, OURS, function (this: ProofWorld) {
      this.scenario.experiment.vary(words)
    })

  for (const words of windows) {
    const said = words.split('{string}').length - 1
    When(
      words,
      OURS,
      taking(said, function (this: ProofWorld, ...strings: string[]) {
        this.scenario.experiment.enter(words, strings, [])
      }),
    )
    When(
      `{fault} while ${words}`,
      OURS,
      taking(said + 1, function (this: ProofWorld, fault: Fault, ...strings: string[]) {
        this.scenario.experiment.enter(words, strings, [fault])
      }),
    )
  }

  for (const words of claims)
    Then(words, OURS, function (this: ProofWorld) {
      return this.scenario.claim(words)
    })
}

/** Cucumber counts a step's parameters by its function's length; rest parameters have none. */
function taking<F extends (...parameters: never[]) => unknown>(parameters: number, step: F): F {
  return Object.defineProperty(step, 'length', { value: parameters })
}
