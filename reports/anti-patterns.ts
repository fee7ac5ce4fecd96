import type { AntiPatternJudgement } from '../proof/anti-pattern.ts'
import type { Verdicts } from '../proof/judgement.ts'
import { count } from './words.ts'

/** What each state is called. */
export const STATES: Readonly<Record<AntiPatternJudgement['state'], string>> = {
  found: 'found',
  absent: 'not there',
  'not-looked-at': 'not looked at',
}

/** "2 found, 7 not there, 1 not looked at" */
export function antiPatternCounts({ antiPatterns = [] }: Pick<Verdicts, 'antiPatterns'>): string {
  const of = (state: AntiPatternJudgement['state']) =>
    antiPatterns.filter((each) => each.state === state).length
  return Object.entries(STATES)
    .map(([state, word]) => `${of(state as AntiPatternJudgement['state'])} ${word}`)
    .join(', ')
}

/** What a reader is told beside the state: where it was found, on what "not there" rests, or what was missing. */
export function antiPatternSays({
  state,
  says,
  found,
  largest,
  lookedAt,
  unseen,
  threshold,
}: AntiPatternJudgement) {
  const blind = unseen.map(({ subject, why }) => `${subject}: ${why}`).join('; ')
  if (state === 'found') return found.map((each) => `${each.subject}: ${each.says}`).join('; ')
  if (state === 'not-looked-at') return blind || says
  const most = largest === null ? '' : `, at most ${largest.toLocaleString('en')} ${threshold.of}`
  return `looked for in ${lookedAt.join(', ')}${most}${blind === '' ? '' : `; not in ${count(unseen.length, 'subject')} (${blind})`}`
}
