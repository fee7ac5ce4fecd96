import { setDefaultTimeout, setWorldConstructor, World } from '@cucumber/cucumber'
import { ConsumerExperiment } from '../scenarios/consuming/consumer-experiment.ts'
import type { Experiment } from '../scenarios/experiment.ts'
import { PublisherExperiment } from '../scenarios/publishing/publisher-experiment.ts'
import { ScalingExperiment } from '../scenarios/scaling/scaling-experiment.ts'
import { experimentOf, lackingFor } from './session.ts'

// Every wait inside has its own deadline, with words for what was waited for; Cucumber's would have none.
setDefaultTimeout(-1)

/** One scenario on one subject. */
export class ProofWorld extends World<{ readonly scenario: string }> {
  get experiment(): Experiment {
    return experimentOf(this.parameters.scenario)
  }

  /** @throws where the scenario runs on another kind of subject */
  get publisher(): PublisherExperiment {
    if (this.experiment instanceof PublisherExperiment) return this.experiment
    throw new Error('this step is about a publisher: tag its scenario @polling or @debezium')
  }

  /** @throws where the scenario runs on another kind of subject */
  get consumer(): ConsumerExperiment {
    if (this.experiment instanceof ConsumerExperiment) return this.experiment
    throw new Error('this step is about a consumer: tag its scenario @consumer')
  }

  /** @throws where the scenario runs on another kind of subject */
  get scaling(): ScalingExperiment {
    if (this.experiment instanceof ScalingExperiment) return this.experiment
    throw new Error('this step is about a scaled workload: tag its scenario @scaling')
  }

  /**
   * Runs the experiment, once, and fails where the named predicate does not hold in it. What this stack can not run is
   * skipped: the run's record says why.
   */
  async expect(predicate: string): Promise<'skipped' | undefined> {
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
