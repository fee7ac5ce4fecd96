import type { HistoryEvent } from '../proof/history/event.ts'

/** The lanes of a counterexample's timeline, from left to right, by what is put to the test. */
const LANES: Readonly<Record<string, readonly string[]>> = {
  publishing: ['client', 'database', 'relay', 'broker', 'fault'],
  consuming: ['client', 'topic', 'consumer', 'database', 'broker', 'fault'],
  scaling: ['client', 'lag', 'KEDA', 'HPA', 'pods', 'effects', 'fault'],
}

/** Those of a kind that has none of its own are a publisher's. */
export function lanesOf(kind: string): readonly string[] {
  return LANES[kind] ?? LANES.publishing ?? []
}

/** The lane of a timeline that an event happened in. */
export function laneOf(event: HistoryEvent, kind = 'publishing'): string {
  if (event.kind.startsWith('fault.') || event.kind === 'observer.gap') return 'fault'
  if (kind === 'consuming') return ofConsumer(event)
  return kind === 'scaling' ? ofScaling(event) : ofPublisher(event)
}

function ofPublisher(event: HistoryEvent): string {
  const { kind } = event
  if (kind.startsWith('op.')) return 'client'
  if (kind.startsWith('pg.') || kind.startsWith('gate.')) return 'database'
  if (kind === 'proc') return ofService(event.service, 'relay')
  if (kind === 'k.client') return 'relay'
  if (kind.startsWith('k.')) return 'broker'
  return 'relay'
}

/** Records on the topic, offsets and members at the broker. */
function ofConsumer(event: HistoryEvent): string {
  const { kind } = event
  if (kind === 'input' || kind.startsWith('op.')) return 'client'
  if (kind === 'pg.message') return 'consumer'
  if (kind.startsWith('pg.') || kind.startsWith('gate.')) return 'database'
  if (kind === 'k.record' || kind === 'k.end') return 'topic'
  if (kind === 'proc') return ofService(event.service, 'consumer')
  if (kind === 'k.commit' || kind === 'k.group' || kind === 'k.control') return 'broker'
  return 'consumer'
}

function ofScaling(event: HistoryEvent): string {
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

function ofService(service: string, otherwise: string): string {
  if (/postgres|database/i.test(service)) return 'database'
  if (/kafka|broker/i.test(service)) return 'broker'
  return otherwise
}
