import type { Experiment } from '../scenarios/experiment.ts'

/**
 * Where steps and the run that they belong to meet: both live in one process, and Cucumber hands nothing but JSON
 * to a world. A scenario finds its experiment by the id in its world parameters.
 */
const experiments = new Map<string, Experiment>()

/** Announces a scenario's experiment before Cucumber runs its steps; disposing forgets it. */
export function announce(id: string, experiment: Experiment): Disposable {
  experiments.set(id, experiment)
  return { [Symbol.dispose]: () => experiments.delete(id) }
}

/** @throws where steps run outside of `eventproof prove` */
export function experimentOf(id: string): Experiment {
  const experiment = experiments.get(id)
  if (!experiment)
    throw new Error(`no experiment was announced for '${id}': scenarios are run by \`eventproof prove\``)
  return experiment
}
