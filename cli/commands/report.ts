import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { RUN_FILES } from '../../proof/run-files.ts'
import { renderedFiles } from '../../reports/formats/format.ts'
import { verifyManifest } from '../../reports/manifest.ts'
import { readRun } from '../../reports/read-run.ts'
import { renderRun } from '../../reports/render-run.ts'
import { kindsOfRun } from '../../session/kinds-of-run.ts'
import { EvidenceChanged } from '../evidence-changed.ts'
import { findRun } from '../find-run.ts'
import type { Output } from '../output.ts'
import type { TypedRunOptions } from './verify.ts'

interface Surroundings {
  readonly runs: string
  readonly cwd: string
  readonly output: Output
}

/**
 * Renders a run directory again, whoever made it, and prints the path of the page.
 * @throws {EvidenceChanged} where anything but the reports differs from the manifest.
 */
export async function reportCommand(
  run: string,
  { json, config }: TypedRunOptions,
  { runs, cwd, output }: Surroundings,
): Promise<number> {
  const directory = findRun(run, runs, cwd)
  if (existsSync(join(directory, RUN_FILES.manifest))) {
    const rendered = await renderedFiles()
    const [changed] = (await verifyManifest(directory)).filter(({ path }) => !rendered.has(path))
    if (changed !== undefined) {
      throw new EvidenceChanged('the run is not as it was sealed', {
        what: `${changed.path} was ${changed.kind} since the manifest was written`,
        where: directory,
        hint: `eventproof verify ${run}   names all differences`,
      })
    }
  }
  await renderRun(directory, await kindsOfRun((await readRun(directory)).verdicts, config, cwd))
  const page = join(directory, RUN_FILES.html)
  output.result(json ? JSON.stringify({ type: 'report', directory, report: page }) : relative(cwd, page))
  return 0
}
