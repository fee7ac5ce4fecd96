import type { HistoryEvent } from '../../proof/history/event.ts'
import type { Lanes } from '../lanes.ts'

/** From what comes over the broker to who consumes, who watches, and who is told. */
export const lanes: Lanes = { names: ['client', 'broker', 'consumer', 'monitor', 'told'], width: 62, of }

function of(event: HistoryEvent): string {
  switch (event.kind) {
    case 'input':
    case 'phase':
      return 'client'
    case 'backlog.told':
      return 'monitor'
    case 'alert':
      return 'told'
    case 'proc':
      return 'consumer'
    default:
      return 'broker'
  }
}
