import type { Verdicts } from '../proof/judgement.ts'
import { writing } from '../proof/run-not-written.ts'
import { renderRun } from '../reports/render-run.ts'
import { controlsOf } from '../reports/verdicts.ts'
import type { Asked } from './asked.ts'
import type { Messages } from './messages.ts'
import type { RunDirectory } from './run-directory.ts'
import { type RunFacts, recordOf } from './run-record.ts'
import type { ScenarioRuns } from './run-scenarios.ts'
import type { Subject } from './subject.ts'

/** What a run has come to, before it is written down. */
export interface Ended {
  readonly runs: ScenarioRuns
  readonly messages: Messages
  readonly facts: Omit<RunFacts, 'schedule' | 'notProven'>
}

/** Writes everything of a run directory but its history and logs; the manifest comes last. @throws {RunNotWritten} */
export async function recordRun(
  directory: RunDirectory,
  asked: Asked,
  subject: Subject,
  { runs, messages, facts }: Ended,
): Promise<Verdicts> {
  const { judgements, schedule, notProven } = runs
  const record = await recordOf(asked, subject, { ...facts, schedule, notProven })
  const { kinds } = subject
  const verdicts = controlsOf(judgements, record, kinds)
  await directory.write('messages', messages.text())
  await directory.write('run', record)
  await directory.write('verdicts', verdicts)
  await writing(directory.path, () => renderRun(directory.path, kinds))
  return verdicts
}
