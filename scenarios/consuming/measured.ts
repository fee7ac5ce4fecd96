import type { Figures } from '../../proof/figures.ts'
import { type ConsumerFigures, isConsumerFigures } from './view/consumer-figures.ts'

/** What a scenario of a consumer did not show of a control that is measured. */
export function unmeasured(control: string, figures: Figures): string | undefined {
  if (!isConsumerFigures(figures)) return undefined
  if (control === 'P3' && figures.producers.length === 0) return 'no request of a producer was seen'
  if (control === 'C4' && !figures.clients.some(saysHowToShare))
    return 'no client was seen that told the broker how its group shares partitions'
  return undefined
}

/** A consumer that produces nothing has no producer to judge. */
export function concerns(control: string, figures: Figures): boolean {
  return control !== 'P3' || !isConsumerFigures(figures) || figures.producers.length > 0
}

function saysHowToShare({ settings, group }: ConsumerFigures['clients'][number]): boolean {
  if (group === 'another') return false
  return 'group.protocol' in settings || 'partition.assignment.strategy' in settings
}
