import type { TwinTrial } from './twin-trial.ts'

/** What the same windows with the same seed came to on each stack. */
export interface ParityRow {
  readonly subject: string
  readonly windows: readonly string[]
  /** Name of a stack → what a run on it made of the subject. */
  readonly on: Readonly<Record<string, TwinTrial>>
}

/** The same verdict on all of them, with the same violations; an error is none. */
export function isSame({ on }: ParityRow): boolean {
  const trials = Object.values(on)
  const told = new Set(trials.map(inWords))
  return trials.length > 1 && told.size === 1 && trials.every(({ verdict }) => verdict !== 'ERROR')
}

export function parityMarkdown(rows: readonly ParityRow[]): string {
  const stacks = Object.keys(rows[0]?.on ?? {})
  const head = ['subject', 'windows', ...stacks, ...stacks.map((stack) => `seconds on ${stack}`), 'same']
  const lines = rows.map((row) => {
    const trials = stacks.flatMap((stack) => row.on[stack] ?? [])
    return [
      `\`${row.subject}\``,
      row.windows.join(' '),
      ...trials.map((trial) => inWords(trial) + (trial.verdict === 'HELD' ? '' : why(trial))),
      ...trials.map(({ seconds }) => seconds.toFixed(0)),
      isSame(row) ? '✓' : '✗',
    ]
  })
  return [head, head.map(() => '--'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function inWords({ verdict, names }: TwinTrial): string {
  return names.length === 0 ? verdict : `${verdict}: ${names.join(', ')}`
}

function why({ names, reason }: TwinTrial): string {
  return names.length === 0 ? ` (${reason})` : ''
}
