import type { VerdictName } from '../proof/verdict.ts'

/** Verdicts in the order in which reports list them. */
export const VERDICTS: readonly VerdictName[] = [
  'VIOLATED',
  'STALLED',
  'INCONCLUSIVE',
  'VACUOUS',
  'HELD',
  'NOT-PROVEN',
  'NOT-APPLICABLE',
]

export const MEANING: Readonly<Record<VerdictName, string>> = {
  VIOLATED: 'The promise was broken: authoritative logs show it, and the counterexample is printed.',
  STALLED: 'Something promised did not happen in time; nothing is lost yet.',
  INCONCLUSIVE: 'The harness, a fault or an observer broke, or the evidence has a gap.',
  VACUOUS: 'The fault did not take effect in its window, or too little happened to say anything.',
  'NOT-PROVEN':
    'Nothing judged it in this run: the stack lacks what it needs, it was not selected, or no scenario exists yet.',
  'NOT-APPLICABLE':
    'Of a scenario: the subject’s own design, declared or seen in its history, keeps it out of what is tried there. It takes no part in the verdict of a control.',
  HELD: 'All windows were entered, all guards hold, and there was no violation in the printed number of trials.',
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
