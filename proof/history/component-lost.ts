import type { HistoryEvent } from './event.ts'
import { isFact } from './recorded-fact.ts'

declare module './fact.ts' {
  interface Facts {
    /** A component of the stack ended that nobody ended: how. */
    'component.lost': string
  }
}

/** What was lost, in words; undefined where all of the stack was there to the end. */
export function lostIn(events: readonly HistoryEvent[]): string | undefined {
  const lost = events.find((event) => isFact(event, 'component.lost'))
  return lost && isFact(lost, 'component.lost') ? lost.value : undefined
}
