import { setDefaultTimeout, setWorldConstructor, World } from '@cucumber/cucumber'
import type { Experiment } from '../scenarios/experiment.ts'
import { experimentOf } from './session.ts'

// Every wait inside has its own deadline, with words for what was waited for; Cucumber's would have none.
setDefaultTimeout(-1)

/** One scenario on one publisher. */
export class ProofWorld extends World<{ readonly scenario: string }> {
  get experiment(): Experiment {
    return experimentOf(this.parameters.scenario)
  }

  /** Runs the experiment, once, and fails where the named predicate does not hold in it. */
  async expect(checker: string): Promise<void> {
    const { findings } = await this.experiment.run()
    const finding = findings.find((one) => one.checker === checker)
    if (finding?.kind === 'held') return
    if (finding === undefined) throw new Error(`${checker} was not judged`)
    const says = finding.kind === 'unknown' ? finding.reason : `${finding.name}: ${finding.witness.says}`
    throw new Error(`${checker}: ${says}`)
  }
}

setWorldConstructor(ProofWorld)
