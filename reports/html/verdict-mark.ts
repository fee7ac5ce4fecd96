import type { VerdictName } from '../../proof/verdict.ts'
import { type Html, html } from './template.ts'

/** Told by form as well as by colour. */
export const SYMBOL: Readonly<Record<VerdictName, string>> = {
  HELD: '✓',
  VIOLATED: '✗',
  STALLED: '…',
  INCONCLUSIVE: '?',
  VACUOUS: '∅',
  'NOT-PROVEN': '–',
  'NOT-APPLICABLE': '⊘',
}

export function verdictMark(verdict: VerdictName): Html {
  return html`<span class="verdict ${verdict.toLowerCase()}"><span aria-hidden="true">${SYMBOL[verdict]}</span> ${verdict}</span>`
}
