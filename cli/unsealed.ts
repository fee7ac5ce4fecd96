import { basename, join } from 'node:path'
import { readHistory } from '../proof/history/reader.ts'
import { judge } from '../proof/judge.ts'
import type { ScenarioJudgement } from '../proof/judgement.ts'
import type { Kinds } from '../proof/kind.ts'
import { RUN_FILES } from '../proof/run-files.ts'
import { type VerdictName, worst } from '../proof/verdict.ts'

/** What can be told of a run that never came to its end: nothing was sealed, and its history is what there is. */
export interface Unsealed {
  readonly run: string
  readonly events: number
  /** Where the history is not whole: a writer that was killed cuts its last line. */
  readonly gaps: readonly string[]
  readonly scenarios: readonly Pick<ScenarioJudgement, 'id' | 'title' | 'verdict' | 'reason'>[]
  /** What was violated was violated; nothing is HELD. */
  readonly verdict: VerdictName
}

/** Judges what a run wrote before it was killed or crashed. @throws {HistoryDamaged} with the line */
export async function unsealed(directory: string, kinds: Kinds): Promise<Unsealed> {
  const { scenarios, events, gaps } = await readHistory(join(directory, RUN_FILES.history))
  const judged = [...scenarios.values()].map((one) => judge(one, kinds))
  return {
    run: basename(directory),
    events,
    gaps: gaps.map(({ line, says }) => `line ${line}: ${says}`),
    scenarios: judged.map(({ id, title, verdict, reason }) => ({ id, title, verdict, reason })),
    verdict: worst([...judged.map(({ verdict }) => verdict), 'INCONCLUSIVE']),
  }
}

export function unsealedLines({ run, events, gaps, scenarios, verdict }: Unsealed): string[] {
  return [
    `– ${run} has no seal: it is under way, or it was killed or crashed before its end`,
    `  its history has ${events} events of ${scenarios.length} scenarios${gaps.length > 0 ? `; ${gaps.join('; ')}` : ''}`,
    ...scenarios.map((one) => `  ${one.verdict} ${one.title}${one.reason ? `: ${one.reason}` : ''}`),
    `  what can be told of it: ${verdict}`,
  ]
}
