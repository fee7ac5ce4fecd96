import type { Figures } from '../../proof/figures.ts'
import { isPublisherFigures } from './view/publisher-figures.ts'

/** What a scenario of a publisher did not show of a control that is measured. */
export function unmeasured(control: string, figures: Figures): string | undefined {
  if (!isPublisherFigures(figures)) return undefined
  if (control === 'P3' && figures.clients.length === 0) return 'no request of a producer was seen'
  if (control === 'P4' && figures.records === 0) return 'no record was there to be measured'
  return undefined
}

/** A publisher that is declared to be asked about some controls is not missing from the others. */
export function concerns(control: string, figures: Figures): boolean {
  return !isPublisherFigures(figures) || figures.controls === undefined || figures.controls.includes(control)
}
