import type { HistoryEvent } from '../../proof/history/event.ts'
import type { Lanes } from '../lanes.ts'

/** From what waits over those that decide to the pods and what they do. */
export const lanes: Lanes = { names: ['client', 'lag', 'KEDA', 'HPA', 'pods', 'effects'], width: 56, of }

function of(event: HistoryEvent): string {
  switch (event.kind) {
    case 'input':
    case 'phase':
      return 'client'
    case 'pg.tx':
    case 'pg.message':
    case 'call':
      return 'effects'
    case 'k8s.event':
      return /keda/i.test(event.source) || event.reason.startsWith('KEDA') ? 'KEDA' : ofResource(event.object)
    case 'k8s.object':
      return ofResource(event.resource)
    case 'lint':
      return 'KEDA'
    case 'proc':
      return 'pods'
    default:
      return 'lag'
  }
}

function ofResource(name: string): string {
  if (/^scaledobject/i.test(name)) return 'KEDA'
  return /^pods?\b/i.test(name) ? 'pods' : 'HPA'
}
