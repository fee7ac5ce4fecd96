import type { SubjectTrial } from './subject-trial.ts'

/** What the same windows with the same seed came to on each stack. */
export interface ParityRow {
  readonly subject: string
  /** Words of `eventproof prove`. */
  readonly selection: readonly string[]
  /** The violation that each of them must find, or HELD. */
  readonly expected: string
  /** Name of a stack → what a run on it made of the subject. */
  readonly on: Readonly<Record<string, SubjectTrial>>
}

/**
 * The same verdict on all of them, and the violation that must be found is found by each; an error is none. What else
 * is wrong with a twin may show on one of them only, where that takes a race.
 */
export function agree({ on, expected }: ParityRow): boolean {
  const trials = Object.values(on)
  const told = new Set(trials.map(({ verdict }) => verdict))
  const found = ({ verdict, names }: SubjectTrial) => verdict === expected || names.includes(expected)
  return trials.length > 1 && told.size === 1 && !told.has('ERROR') && trials.every(found)
}

export function parityMarkdown(rows: readonly ParityRow[]): string {
  const stacks = Object.keys(rows[0]?.on ?? {})
  const head = [
    'subject',
    'selection',
    'must be',
    ...stacks,
    ...stacks.map((stack) => `seconds on ${stack}`),
    'agree',
  ]
  const lines = rows.map((row) => {
    const trials = stacks.flatMap((stack) => row.on[stack] ?? [])
    return [
      `\`${row.subject}\``,
      row.selection.join(' '),
      row.expected,
      ...trials.map((trial) => inWords(trial) + (trial.verdict === 'HELD' ? '' : why(trial))),
      ...trials.map(({ seconds }) => seconds.toFixed(0)),
      agree(row) ? '✓' : '✗',
    ]
  })
  return [head, head.map(() => '--'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function inWords({ verdict, names }: SubjectTrial): string {
  return names.length === 0 ? verdict : `${verdict}: ${names.join(', ')}`
}

function why({ names, reason }: SubjectTrial): string {
  return names.length === 0 ? ` (${reason})` : ''
}
