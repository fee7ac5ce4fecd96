import { join } from 'node:path'
import { nearest } from '../../core/nearest.ts'
import { UsageError } from '../../core/usage-error.ts'
import { RUN_FILES } from '../../proof/run-files.ts'
import { readThrough } from '../../reports/history-pass.ts'
import { readRun } from '../../reports/read-run.ts'
import { ObservedTopology } from '../../reports/topology.ts'
import { findRun } from '../find-run.ts'
import type { Output } from '../output.ts'

export interface TypedTopologyOptions {
  /** One subject of the run. */
  readonly of?: string
}

interface Surroundings {
  readonly runs: string
  readonly cwd: string
  readonly output: Output
}

/**
 * Prints what a run saw of topics as an AsyncAPI 3 document in JSON, which YAML readers read as well.
 * @throws {UsageError} for a subject that the run does not have
 */
export async function topologyCommand(
  run: string,
  { of }: TypedTopologyOptions,
  { runs, cwd, output }: Surroundings,
): Promise<number> {
  const directory = findRun(run, runs, cwd)
  const { record, verdicts } = await readRun(directory)
  const subjects = new Map(verdicts.scenarios.map(({ id, subject }) => [id, subject]))
  const observed = new ObservedTopology((scenario) => subjects.get(scenario))
  await readThrough(join(directory, RUN_FILES.history), [observed])
  if (of !== undefined && !observed.subjects.includes(of)) {
    const close = nearest(of, observed.subjects)
    throw new UsageError(`nothing was seen of ${of}`, {
      what: `the run has ${observed.subjects.join(', ') || 'no subject whose topics were watched'}`,
      ...(close === undefined ? {} : { hint: `did you mean ${close}?` }),
    })
  }
  output.result(JSON.stringify(observed.asyncApi(record.id, of), null, 2))
  return 0
}
