import { counterexample, held, stalled, violated } from '../../../proof/findings.ts'
import { type Fact, factsOf } from '../../../proof/history/recorded-fact.ts'
import { mutated } from '../../../proof/mutation.ts'
import '../runbook-facts.ts'
import { predicate } from '../predicate.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { redrivenIn } from './redrive.ts'

type Followed = Fact<'runbook.followed'>

/**
 * RD15. The documented procedure brings a dead letter back, followed as it is written.
 *
 * What can violate it: a command that was renamed, an address or a variable that nobody sets, an endpoint that takes
 * something else by now; a procedure that ends well and does nothing.
 * How it is seen: the runbook's blocks are typed into one shell, again until the event comes on its topic: a letter need
 * not be known to the service yet. The last word on each event counts; once all steps ended well a later failure does not:
 * what is approved can't be approved again.
 */
export const followedRunbook = predicate({
  id: 'RD15',
  title: 'runbook',
  claim: 'the documented procedure brings it back, followed as it is written',
  promise: 'The documented procedure brings a dead letter back, followed as it is written.',
  formal:
    'each block of shell commands of `redrive.runbook` ends with 0, one after the other, and the event then comes on its topic again',
  expectation: 'declared',
  controls: ['O3'],
  violations: {
    'runbook-step-failed': {},
    'runbook-without-effect': {},
  },
  undeclared: (view) => (lastWords(view).length > 0 ? undefined : 'no runbook was followed'),
  check(view) {
    const followed = lastWords(view)
    for (const fact of followed) {
      const { file, steps, failed } = fact.value
      const subject = { eventId: fact.subject }
      if (failed !== undefined) {
        const { step, line, command, code, said } = failed
        const says = `step ${step} of ${steps} of ${file} (line ${line}) ended with ${code}: ${command}${said === '' ? '' : `; it said: ${said}`}`
        return violated(this.id, 'runbook-step-failed', counterexample(says, [fact.seq], subject))
      }
      const back = redrivenIn(view).some(({ event }) => event.id === fact.subject)
      if (back) continue
      const says = `all ${steps} steps of ${file} ended with 0, and event ${fact.subject} did not come again`
      return stalled(this.id, 'runbook-without-effect', counterexample(says, [fact.seq], subject))
    }
    return held(this.id, followed.length)
  },
  /** A step ended with an error. */
  mutation: {
    says: 'let the last step of a runbook fail',
    names: ['runbook-step-failed'],
    applies: (view) => lastWords(view).length > 0,
    apply(view) {
      const [fact] = lastWords(view)
      if (fact === undefined) return undefined
      const { steps } = fact.value
      const failed = { step: steps, line: 1, command: 'approve', code: 1, said: 'no such command' }
      return mutated(view.events, { replaced: [{ ...fact, value: { ...fact.value, failed } }] })
    },
  },
})

/** Of each event for which a runbook was followed, what came of it last. */
function lastWords({ events }: ConsumerView): readonly Followed[] {
  const followed = factsOf(events, 'runbook.followed')
  return followed.filter((fact, n) => !followed.slice(n + 1).some(({ subject }) => subject === fact.subject))
}
