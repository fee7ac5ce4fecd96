import { messageOf } from '../core/error.ts'
import type { ReportProgress } from '../core/progress.ts'
import { openSession } from '../session/open-session.ts'
import type { RunOutcome } from '../session/options.ts'
import type { ProveOptions } from './options.ts'

/**
 * The main job: one session with one run. Whatever ends it, nothing that it started is left running.
 * @throws where a subject could not be brought up and nothing was refuted before: the report says what was judged, the
 * error why it was not more
 */
export async function prove(
  options: ProveOptions,
  report: ReportProgress,
  signal: AbortSignal,
): Promise<RunOutcome> {
  await using session = await openSession({ ...options, once: true, onProgress: report })
  const outcome = await session.run({ ...options, signal })
  const { notReady, verdict } = outcome
  if (notReady && verdict !== 'VIOLATED') throw notReady
  if (notReady) report({ type: 'note', level: 'warning', text: messageOf(notReady) })
  return outcome
}
