import { join } from 'node:path'
import type { Kinds } from '../proof/kind.ts'
import { RUN_FILES } from '../proof/run-files.ts'
import { CounterexampleEvents } from './counterexample-events.ts'
import { formats } from './formats/format.ts'
import { readThrough } from './history-pass.ts'
import { loadPanels } from './load-panels.ts'
import { type Manifest, manifestOf, writeManifest } from './manifest.ts'
import type { PanelsByKind } from './panels.ts'
import { predicatesOf } from './predicate-words.ts'
import { readRun } from './read-run.ts'
import { type Report, reportOf, toldViolations } from './report.ts'
import { writeWhole } from './run-directory.ts'
import { StoryReader } from './stories.ts'

/**
 * Writes every document of formats/ from a run directory alone, then `manifest.json` over everything. Rendering twice gives the same bytes. Call it when nothing writes to the directory any more.
 * @throws {RunUnreadable} where a file that it needs is missing or damaged; nothing is written then.
 */
export async function renderRun(directory: string, kinds: Kinds, panels?: PanelsByKind): Promise<Manifest> {
  const report = await readReport(directory, kinds, panels ?? (await loadPanels()))
  for (const format of await formats()) await writeWhole(join(directory, format.file), format.of(report))
  return writeManifest(directory)
}

/** The model that all renderers share. The history is read once, and only where something of it is told. */
export async function readReport(directory: string, kinds: Kinds, panels: PanelsByKind): Promise<Report> {
  const run = await readRun(directory, panels)
  const { evidence } = await manifestOf(directory)
  const counterexamples = toldViolations(run.verdicts).map(({ violation }) => violation.counterexample)
  const events = new CounterexampleEvents(counterexamples)
  const stories = new StoryReader(run.verdicts.scenarios, panels)
  const readers = [...(counterexamples.length > 0 ? [events] : []), ...(stories.empty ? [] : [stories])]
  if (readers.length > 0) await readThrough(join(directory, RUN_FILES.history), readers)
  return reportOf(run, evidence, predicatesOf(kinds), panels, {
    eventsOf: ({ counterexample }) => events.of(counterexample),
    stories: stories.told(),
  })
}
