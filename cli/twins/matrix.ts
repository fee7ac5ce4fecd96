import type { SubjectTrial } from './subject-trial.ts'

export interface MatrixRow {
  readonly twin: string
  readonly control: string
  /** Violations of which one must be found; `['HELD']` for a correct variant. */
  readonly expected: readonly string[]
  /** Nothing else may be found than these. */
  readonly only?: true
  /** That must be found besides. */
  readonly antiPattern?: string
  readonly trials: readonly SubjectTrial[]
}

/** A broken twin is killed by one of its own violations, and its anti-pattern found; a correct one is HELD, one that proves nothing VACUOUS: in every run. */
export function isAsExpected(row: MatrixRow): boolean {
  return row.trials.length > 0 && row.trials.every((trial) => trialAsExpected(row, trial))
}

function trialAsExpected(
  { expected, only, antiPattern }: MatrixRow,
  { verdict, names, antiPatterns }: SubjectTrial,
): boolean {
  if (antiPattern !== undefined && !antiPatterns.includes(antiPattern)) return false
  if (only && !names.every((name) => expected.includes(name))) return false
  return names.length === 0 ? expected.includes(verdict) : names.some((name) => expected.includes(name))
}

/** The matrix as Markdown: twin, expected, got, as expected in k of n, median trials to kill, median seconds. */
export function matrixMarkdown(rows: readonly MatrixRow[]): string {
  const lines = rows.map((row) => {
    const well = row.trials.filter((trial) => trialAsExpected(row, trial)).length
    const kills = row.trials.flatMap(({ trialsToKill }) => trialsToKill ?? [])
    return [
      `\`${row.twin}\``,
      row.control,
      [row.expected.join(' or '), ...(row.antiPattern === undefined ? [] : [row.antiPattern])].join(' + '),
      gotOf(row),
      `${well}/${row.trials.length}${isAsExpected(row) ? '' : ' ✗'}`,
      kills.length === 0 ? '–' : String(median(kills)),
      median(row.trials.map(({ seconds }) => seconds)).toFixed(1),
    ]
  })
  const head = ['twin', 'control', 'expected', 'got', 'as expected', 'trials to kill', 'seconds']
  return [head, head.map(() => '--'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function gotOf({ trials }: MatrixRow): string {
  const got = trials.map(({ verdict, names, reason, antiPatterns }) => {
    const judged =
      names.length > 0 ? names.join(', ') : verdict === 'HELD' ? 'HELD' : `${verdict} (${reason})`
    return [judged, ...antiPatterns].join(' + ')
  })
  return [...new Set(got)].join(' / ')
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0
}
