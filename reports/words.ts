import type { VerdictName } from '../proof/verdict.ts'
import type { Report } from './report.ts'

/** Verdicts in the order in which reports list them. */
export const VERDICTS: readonly VerdictName[] = [
  'VIOLATED',
  'STALLED',
  'INCONCLUSIVE',
  'VACUOUS',
  'HELD',
  'NOT-PROVEN',
]

export const MEANING: Readonly<Record<VerdictName, string>> = {
  VIOLATED: 'The promise was broken: authoritative logs show it, and the counterexample is printed.',
  STALLED: 'Something promised did not happen in time; nothing is lost yet.',
  INCONCLUSIVE: 'The harness, a fault or a counterexample broke, or the evidence has a gap.',
  VACUOUS: 'The fault did not take effect in its window, or too little happened to say anything.',
  'NOT-PROVEN':
    'Nothing judged it in this run: the stack lacks what it needs, it was not selected, or no scenario exists yet.',
  HELD: 'All windows were entered, all guards hold, and there was no violation in the printed number of trials.',
}

/** `18 controls: 4 HELD, 14 NOT-PROVEN`. */
export function summary(report: Report): string {
  return `${report.controls.length} controls: ${verdictCounts(report).join(', ')}`
}

/** `4 HELD`, `14 NOT-PROVEN`; verdicts that no control has are left out. */
export function verdictCounts({ controls }: Report): string[] {
  return VERDICTS.flatMap((verdict) => {
    const n = controls.filter((each) => each.judgement.verdict === verdict).length
    return n > 0 ? [`${n} ${verdict}`] : []
  })
}

/** What was put to the test, in one line. */
export function scope({ run, verdicts }: Report): string {
  const subjects = [...new Set(verdicts.scenarios.map((each) => each.subject))]
  const scenarios = count(verdicts.scenarios.length, 'scenario')
  const of = subjects.length > 0 ? ` of ${listed(subjects)}` : ''
  const twin = run.twin === undefined ? '' : `, with the twin ${run.twin} in place of the reference service`
  return `${scenarios}${of} on the ${run.stack} stack${twin}`
}

/** `a, b and c`. */
function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

export function count(n: number, noun: string): string {
  return `${grouped(n)} ${noun}${n === 1 ? '' : 's'}`
}

/** Digits in groups of three: `12 345`, with a space that does not break. */
export function grouped(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+(?!\d))/g, '\u00a0')
}

export function bytes(n: number): string {
  if (n < 1024) return `${grouped(Math.round(n))} B`
  return n < 1024 * 1024 ? `${(n / 1024).toFixed(1)} KB` : `${(n / 1024 / 1024).toFixed(2)} MB`
}

/** `2026-11-22 16:10 UTC`; the text itself where it is no date. */
export function utc(iso: string): string {
  const date = new Date(iso)
  return Number.isNaN(date.getTime()) ? iso : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

export function duration(from: string, to: string): string {
  const seconds = Math.round((Date.parse(to) - Date.parse(from)) / 1000)
  if (!Number.isFinite(seconds) || seconds < 0) return 'unknown'
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** Milliseconds as `1.02 s`, below ten seconds in hundredths; `–` where there are none. */
export function seconds(milliseconds: number | null): string {
  if (milliseconds === null) return '–'
  return `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 2 : 1)} s`
}

/** A share from 0 to 1 as `34 %`; `–` where there is none. */
export function percent(share: number | undefined): string {
  return share === undefined ? '–' : `${Math.round(100 * share)} %`
}
