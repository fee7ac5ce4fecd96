import type { Experiment } from '../scenarios/experiment.ts'

type Capability = Experiment['capabilities'][number]

interface Announced {
  readonly experiment: Experiment
  /** What the stack can do. */
  readonly capabilities: ReadonlySet<Capability>
}

/**
 * Where steps and the run that they belong to meet: both live in one process, and Cucumber hands nothing but JSON
 * to a world. A scenario finds its experiment by the id in its world parameters.
 */
const announced = new Map<string, Announced>()

/** Announces a scenario's experiment before Cucumber runs its steps; disposing forgets it. */
export function announce(
  id: string,
  experiment: Experiment,
  capabilities: ReadonlySet<Capability>,
): Disposable {
  announced.set(id, { experiment, capabilities })
  return { [Symbol.dispose]: () => announced.delete(id) }
}

/** @throws where steps run outside of `eventproof prove` */
export function experimentOf(id: string): Experiment {
  return find(id).experiment
}

/**
 * What the stack lacks of what the experiment needs, as far as its steps have said by now. Where there is something,
 * it must not be run: it would fail for that reason, and look as if it had failed for another.
 */
export function lackingFor(id: string): Capability | undefined {
  const { experiment, capabilities } = find(id)
  return experiment.capabilities.find((capability) => !capabilities.has(capability))
}

function find(id: string): Announced {
  const found = announced.get(id)
  if (!found)
    throw new Error(`no experiment was announced for '${id}': scenarios are run by \`eventproof prove\``)
  return found
}
