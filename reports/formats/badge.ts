import { makeBadge } from 'badge-maker'
import type { VerdictName } from '../../proof/verdict.ts'
import type { Report } from '../report.ts'
import { format } from './format.ts'

/** A badge for a page: the run's verdict, and how many of the controls are HELD. */
export const badge = format({ file: 'badge.svg', of: badgeOf })

const COLOUR: Readonly<Record<VerdictName, string>> = {
  VIOLATED: 'red',
  STALLED: 'orange',
  INCONCLUSIVE: 'lightgrey',
  VACUOUS: 'lightgrey',
  'NOT-PROVEN': 'lightgrey',
  'NOT-APPLICABLE': 'lightgrey',
  HELD: 'brightgreen',
}

function badgeOf({ verdicts, controls }: Report): string {
  const { verdict } = verdicts
  const held = controls.filter(({ judgement }) => judgement.verdict === 'HELD').length
  const message = `${verdict} · ${held} of ${controls.length} controls`
  return makeBadge({ label: 'eventproof', message, color: COLOUR[verdict] })
}
