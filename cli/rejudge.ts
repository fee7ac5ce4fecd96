import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { readHistory } from '../proof/history/reader.ts'
import { judge } from '../proof/judge.ts'
import type { Verdicts } from '../proof/judgement.ts'
import type { Kinds } from '../proof/kind.ts'
import { RUN_FILES } from '../proof/run-files.ts'
import type { Run } from '../reports/read-run.ts'
import { controlsOf } from '../reports/verdicts.ts'

/** One thing that `verdicts.json` says otherwise than its own history does. */
export interface Disagreement {
  /** A scenario's or control's id, or `run`. */
  readonly subject: string
  readonly field: string
  readonly written: unknown
  readonly judged: unknown
}

/**
 * Judges every scenario of a run again, from `history.ndjson` alone, and compares with `verdicts.json`.
 * @throws {HistoryDamaged} with the line.
 */
export async function rejudge({ directory, record, verdicts }: Run, kinds: Kinds): Promise<Disagreement[]> {
  const history = await readHistory(join(directory, RUN_FILES.history))
  // In the order of verdicts.json, so that the controls list their scenarios alike.
  const order = new Map(verdicts.scenarios.map(({ id }, i) => [id, i]))
  // What only began when the run was interrupted was judged by nobody.
  const judged = [...history.scenarios].filter(([id]) => !record.interrupted || order.has(id))
  const scenarios = judged
    .map(([, events]) => judge(events, kinds))
    .sort((a, b) => (order.get(a.id) ?? order.size) - (order.get(b.id) ?? order.size))
  const gaps = history.gaps.map(({ line, says }) => ({
    subject: RUN_FILES.history,
    field: `line ${line}`,
    written: 'a whole history',
    judged: says,
  }))
  return [...gaps, ...disagreements(verdicts, controlsOf(scenarios, record, kinds))]
}

/** What two judgements of one run differ in, field by field. */
export function disagreements(written: Verdicts, judged: Verdicts): Disagreement[] {
  return [
    ...between('run', { verdict: written.verdict }, { verdict: judged.verdict }),
    ...pairs(written.scenarios, judged.scenarios),
    ...pairs(written.controls, judged.controls),
    ...between('run', besides(written), besides(judged)),
    ...(written.antiPatterns === undefined ? [] : pairs(written.antiPatterns, judged.antiPatterns ?? [])),
  ]
}

function besides({ attestations, waivers }: Verdicts): object {
  return { attestations, waivers }
}

type Named = { readonly id: string }

function pairs(written: readonly Named[], judged: readonly Named[]): Disagreement[] {
  const ids = new Set([...written, ...judged].map(({ id }) => id))
  return [...ids].flatMap((id) => {
    const [then, now] = [written.find((each) => each.id === id), judged.find((each) => each.id === id)]
    if (then === undefined || now === undefined) {
      const said = (there: unknown) => (there === undefined ? 'absent' : 'present')
      return [{ subject: id, field: 'entry', written: said(then), judged: said(now) }]
    }
    return between(id, then, now)
  })
}

function between(subject: string, written: object, judged: object): Disagreement[] {
  const [then, now] = [plain(written), plain(judged)]
  const fields = new Set([...Object.keys(then), ...Object.keys(now)])
  return [...fields]
    .filter((field) => !isDeepStrictEqual(then[field], now[field]))
    .map((field) => ({ subject, field, written: then[field], judged: now[field] }))
}

/** As it would be read from a file: without fields that are undefined. */
function plain(value: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(value))
}
