import { Before, Then } from '@cucumber/cucumber'
import type { ProofWorld } from './world.ts'

/** What a line claims → the predicate that it is judged by. */
const PREDICATES = new Map<string, string>()

/** Defines a step for each claim: the words → the id of its predicate. */
export function expectations(claims: Readonly<Record<string, string>>): void {
  for (const [words, predicate] of Object.entries(claims)) {
    PREDICATES.set(words, predicate)
    Then(words, function (this: ProofWorld) {
      return this.expect(predicate)
    })
  }
}

// The first claim runs the experiment: it must know all of them by then.
Before(function (this: ProofWorld, { pickle }) {
  this.experiment.asserts(pickle.steps.flatMap(({ text }) => PREDICATES.get(text) ?? []))
})
