import { Before, defineParameterType, Given, Then, When } from '@cucumber/cucumber'
import type { Fault } from '../faults/fault.ts'
import { predicateOf, VOCABULARY } from './vocabulary.ts'
import type { ProofWorld } from './world.ts'

const { givens, variants, windows, claims, faults } = VOCABULARY

defineParameterType({
  name: 'fault',
  regexp: [...faults.keys()],
  transformer: (phrase: string) => faults.get(phrase),
})

for (const words of givens)
  Given(words, function (this: ProofWorld) {
    this.experiment.checkSubject()
  })

for (const words of variants)
  When(words, function (this: ProofWorld) {
    this.experiment.vary(words)
  })

for (const words of windows) {
  const said = words.split('{string}').length - 1
  When(
    words,
    taking(said, function (this: ProofWorld, ...strings: string[]) {
      this.experiment.enter(words, strings, [])
    }),
  )
  When(
    `{fault} while ${words}`,
    taking(said + 1, function (this: ProofWorld, fault: Fault, ...strings: string[]) {
      this.experiment.enter(words, strings, [fault])
    }),
  )
}

for (const words of claims)
  Then(words, function (this: ProofWorld) {
    return this.claims(words)
  })

// The first claim runs the experiment: it must know all of them by then.
Before(function (this: ProofWorld, { pickle }) {
  const { kind } = this.experiment
  this.experiment.asserts(pickle.steps.flatMap(({ text }) => predicateOf(kind, text) ?? []))
})

/** Cucumber counts a step's parameters by its function's length; rest parameters have none. */
function taking<F extends (...parameters: never[]) => unknown>(parameters: number, step: F): F {
  return Object.defineProperty(step, 'length', { value: parameters })
}
