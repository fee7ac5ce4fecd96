import { setDefaultTimeout, setWorldConstructor, World } from '@cucumber/cucumber'
import type { Experiment } from '../scenarios/experiment.ts'
import { experimentOf, lackingFor } from './session.ts'
import { predicateOf } from './vocabulary.ts'

// Every wait inside has its own deadline, with words for what was waited for; Cucumber's would have none.
setDefaultTimeout(-1)

/** One scenario on one subject. */
export class ProofWorld extends World<{ readonly scenario: string }> {
  get experiment(): Experiment {
    return experimentOf(this.parameters.scenario)
  }

  /**
   * Runs the experiment, once, and fails where what is claimed does not hold in it. What this stack can not run is
   * skipped: the run's record says why.
   */
  async claims(words: string): Promise<'skipped' | undefined> {
    const { kind } = this.experiment
    const predicate = predicateOf(kind, words)
    if (predicate === undefined) throw new Error(`'${words}' can't be claimed of ${kind}`)
    if (lackingFor(this.parameters.scenario) !== undefined) return 'skipped'
    const { findings } = await this.experiment.run()
    const finding = findings.find((one) => one.predicate === predicate)
    if (finding?.kind === 'held') return undefined
    if (finding === undefined) throw new Error(`${predicate} was not judged`)
    const says =
      finding.kind === 'unknown' ? finding.reason : `${finding.name}: ${finding.counterexample.says}`
    throw new Error(`${predicate}: ${says}`)
  }
}

setWorldConstructor(ProofWorld)
