import { ConsumerExperiment } from './consuming/consumer-experiment.ts'
import type { Experiment, ExperimentOptions, SubjectKind } from './experiment.ts'
import { PublisherExperiment } from './publishing/publisher-experiment.ts'
import type { RunContext } from './run-context.ts'
import { ScalingExperiment } from './scaling/scaling-experiment.ts'

type Begin = (context: RunContext, options: ExperimentOptions) => Experiment

/** How an experiment on each kind of subject begins. */
export const EXPERIMENTS: Readonly<Record<SubjectKind, Begin>> = {
  consumer: (context, options) => new ConsumerExperiment(context, options),
  publisher: (context, options) => new PublisherExperiment(context, options),
  scaling: (context, options) => new ScalingExperiment(context, options),
}
