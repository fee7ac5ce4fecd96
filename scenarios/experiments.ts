import { ConsumerExperiment } from './consuming/consumer-experiment.ts'
import type { Experiment, ExperimentOptions, SubjectKind } from './experiment.ts'
import type { Setting } from './run-context.ts'
import { PublisherExperiment } from './publishing/publisher-experiment.ts'
import { ScalingExperiment } from './scaling/scaling-experiment.ts'

type Begin = (setting: Setting, options: ExperimentOptions) => Experiment

/** How an experiment on each kind of subject begins. */
export const EXPERIMENTS: Readonly<Record<SubjectKind, Begin>> = {
  consumer: (setting, options) => new ConsumerExperiment(setting, options),
  publisher: (setting, options) => new PublisherExperiment(setting, options),
  scaling: (setting, options) => new ScalingExperiment(setting, options),
}
