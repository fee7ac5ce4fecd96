import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { messageOf } from '../../core/error.ts'
import { RUN_FILES } from '../../proof/run-files.ts'
import { exitCodeOf } from '../../proof/verdict.ts'
import { type Difference, verifyManifest } from '../../reports/manifest.ts'
import { type Run, readRun } from '../../reports/read-run.ts'
import { kindsOfRun } from '../../session/kinds-of-run.ts'
import { EvidenceChanged } from '../evidence-changed.ts'
import { findLoggingRun, findRun, hasRun } from '../find-run.ts'
import type { Output } from '../output.ts'
import { type Disagreement, rejudge } from '../rejudge.ts'
import { unsealed, unsealedLines } from '../unsealed.ts'
import { whereTheyDiffer } from '../where-they-differ.ts'

/** Of commands on a run that has ended. */
export interface TypedRunOptions {
  readonly config?: string
  readonly json?: true
}

interface Surroundings {
  readonly runs: string
  readonly cwd: string
  readonly output: Output
}

/**
 * Hashes a run directory again and judges its history again, offline. Exit code 0 where both agree with what is
 * written there, 1 otherwise, with every difference named. A run that was killed or crashed has no seal: what its history
 * says is told, and nothing of it is HELD.
 */
export async function verifyCommand(
  name: string,
  { json, config }: TypedRunOptions,
  { runs, cwd, output }: Surroundings,
): Promise<number> {
  const directory = runNamed(name, runs, cwd)
  if (!existsSync(join(directory, RUN_FILES.run))) {
    const told = await unsealed(directory, await kindsOfRun({ scenarios: [] }, config, cwd))
    if (json) output.result(JSON.stringify({ type: 'verification', directory, sealed: false, ...told }))
    else for (const line of unsealedLines(told)) output.result(line)
    return exitCodeOf(told.verdict)
  }
  const files = await verifyManifest(directory)
  let run: Run
  let judgement: readonly Disagreement[]
  try {
    run = await readRun(directory)
    judgement = await rejudge(run, await kindsOfRun(run.verdicts, config, cwd))
  } catch (error) {
    if (files.length === 0) throw error
    throw new EvidenceChanged('the run is not as it was sealed, and can’t be judged any more', {
      what: files.map(fileLine).join('; '),
      last: messageOf(error),
      where: directory,
      cause: error,
    })
  }
  const agrees = files.length === 0 && judgement.length === 0
  if (json) {
    output.result(
      JSON.stringify({ type: 'verification', run: run.record.id, directory, agrees, files, judgement }),
    )
  } else {
    for (const line of [...files.map(fileLine), ...judgement.map(judgementLine)]) output.result(`✗ ${line}`)
    output.result(
      agrees
        ? `✓ ${run.record.id}: every file is as it was sealed, and its history is judged ${run.verdicts.verdict} again`
        : `${files.length + judgement.length} differences${files.length > 0 ? '' : `; ${judgedOtherwise(run)}`}`,
    )
  }
  return agrees ? 0 : 1
}

/** One that was sealed, or else one that has a history. */
function runNamed(name: string, runs: string, cwd: string): string {
  try {
    return findRun(name, runs, cwd)
  } catch (error) {
    if (!hasRun(name, runs, cwd)) throw error
    return findLoggingRun(name, runs, cwd)
  }
}

function fileLine({ path, kind }: Difference): string {
  return `${path} was ${kind} since the run was sealed`
}

function judgementLine({ subject, field, written, judged }: Disagreement): string {
  const [then, now] = whereTheyDiffer(written, judged)
  return `${subject}: ${field} is written as ${then}, the history gives ${now}`
}

/** Nobody touched the run: what judges it has changed since. */
function judgedOtherwise({ record: { tool } }: Run): string {
  return `every file is as it was sealed: what judges has changed since this run, which eventproof ${tool.version} judged`
}
