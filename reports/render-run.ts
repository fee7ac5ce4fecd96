import { join } from 'node:path'
import { RUN_FILES } from '../proof/run-files.ts'
import { counterexampleEvents } from './counterexample-events.ts'
import { htmlOf } from './html.ts'
import { junitOf } from './junit.ts'
import { type Manifest, manifestOf, writeManifest } from './manifest.ts'
import { markdownOf } from './markdown.ts'
import type { Predicates } from './predicate-words.ts'
import { readRun } from './read-run.ts'
import { type Report, reportOf, toldViolations } from './report.ts'
import { writeWhole } from './run-directory.ts'
import { storiesOf } from './stories.ts'

/**
 * Writes `report.html`, `report.md` and `junit.xml` from a run directory alone, then `manifest.json` over everything.
 * Rendering twice gives the same bytes. Call it when nothing writes to the directory any more.
 * @throws {RunUnreadable} where a file that it needs is missing or damaged; nothing is written then.
 */
export async function renderRun(directory: string, predicates: Predicates): Promise<Manifest> {
  const report = await readReport(directory, predicates)
  await writeWhole(join(directory, RUN_FILES.html), htmlOf(report))
  await writeWhole(join(directory, RUN_FILES.markdown), markdownOf(report))
  await writeWhole(join(directory, RUN_FILES.junit), junitOf(report))
  return writeManifest(directory)
}

/** The model that all renderers share. */
export async function readReport(directory: string, predicates: Predicates): Promise<Report> {
  const run = await readRun(directory)
  const { evidence } = await manifestOf(directory)
  const counterexamples = toldViolations(run.verdicts).map(({ violation }) => violation.counterexample)
  const events = await counterexampleEvents(join(directory, RUN_FILES.history), counterexamples)
  const stories = await storiesOf(join(directory, RUN_FILES.history), run.verdicts)
  return reportOf(
    run,
    evidence,
    predicates,
    ({ counterexample }) => events.get(counterexample) ?? [],
    stories,
  )
}
