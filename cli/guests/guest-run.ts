import type { VerdictName } from '../../proof/verdict.ts'
import { readRun } from '../../reports/read-run.ts'
import type { GuestTrial } from '../../subjects/guests/catalogue.ts'
import { lastEvent } from '../last-event.ts'

/** What a run made of one control. */
export interface Judged {
  readonly verdict: VerdictName
  /** Names of what was found, worst first. */
  readonly names: readonly string[]
  readonly reason: string
}

export interface GuestRun {
  readonly guest: string
  readonly trial: string
  readonly expected: GuestTrial['expected']
  readonly got: Readonly<Record<string, Judged>>
  readonly seconds: number
  /** Why there is no verdict. */
  readonly error?: string
  readonly directory?: string
}

/** Proves a guest as its user would, by its config, and reads what the run directory says of each control. */
export async function runGuest(
  guest: string,
  { name: trial, selection, programs = {}, expected }: GuestTrial,
  options: {
    readonly config: string
    readonly env: Readonly<Record<string, string>>
    readonly seed: string
    readonly out: string
    readonly jobs: number
  },
): Promise<GuestRun> {
  const { config, env, seed, out, jobs } = options
  const began = performance.now()
  const args = ['prove', ...selection, '--config', config, '--seed', seed, '--out', out, '--jobs', `${jobs}`]
  const last = await lastEvent(args, { ...env, ...programs })
  const seconds = (performance.now() - began) / 1000
  const ran = { guest, trial, expected, seconds }
  if (last?.type !== 'result') {
    const error = last === undefined ? 'the run ended without a result' : `${last.code}: ${last.what}`
    return { ...ran, got: {}, error }
  }
  const { verdicts } = await readRun(last.directory)
  const got = verdicts.controls.map(({ id, verdict, reason, scenarios }) => {
    const names = scenarios.flatMap(({ violations }) => violations.map(({ name }) => name))
    return [id, { verdict, names: [...new Set(names)], reason: reason ?? '' }] as const
  })
  return { ...ran, got: Object.fromEntries(got), directory: last.directory }
}

/** The right programs in the window of a broken one: nothing else is different, and all of it must be HELD. */
export function rightInTheSame({ selection, expected, says }: GuestTrial): GuestTrial {
  const held = Object.keys(expected).map((control) => [control, 'HELD'])
  return { name: 'right', says, selection, expected: Object.fromEntries(held) }
}

/** A control that must be HELD is, and where a violation must be found it is found by its name and by no other. */
export function isAsExpected({ expected, got }: GuestRun): boolean {
  return Object.entries(expected).every(([control, wanted]) => {
    const judged = got[control]
    if (judged === undefined) return false
    const { verdict, names } = judged
    return wanted === 'HELD' ? verdict === 'HELD' : names.length === 1 && names[0] === wanted
  })
}

/** The runs as Markdown: guest, trial, what was expected of each control and what it got. */
export function guestMarkdown(runs: readonly GuestRun[]): string {
  const lines = runs.map((run) => {
    const controls = Object.entries(run.expected).map(([control, wanted]) => {
      const { verdict = 'nothing', names = [] } = run.got[control] ?? {}
      const got = names.length === 0 ? verdict : `${verdict} ${names.join(', ')}`
      return `${control} ${wanted}${got === wanted ? '' : ` (${got})`}`
    })
    return [
      `\`${run.guest}/${run.trial}\``,
      controls.join(' · ') + (run.error === undefined ? '' : ` ${run.error}`),
      isAsExpected(run) ? '✓' : '✗',
      run.seconds.toFixed(0),
    ]
  })
  const head = ['guest', 'expected (got)', 'as expected', 'seconds']
  return [head, head.map(() => '--'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
