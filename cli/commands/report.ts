import { relative } from 'node:path'
import { renderRun } from '../../reports/render-run.ts'
import { findRun } from '../find-run.ts'
import type { Output } from '../output.ts'

interface Surroundings {
  readonly runs: string
  readonly cwd: string
  readonly output: Output
}

/** Renders a run directory again, whoever made it, and prints the path of the page. */
export async function reportCommand(
  run: string,
  json: boolean,
  { runs, cwd, output }: Surroundings,
): Promise<number> {
  const directory = findRun(run, runs, cwd)
  const { html } = await renderRun(directory)
  output.result(json ? JSON.stringify({ type: 'report', directory, report: html }) : relative(cwd, html))
  return 0
}
