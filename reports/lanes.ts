import type { HistoryEvent } from '../proof/history/event.ts'

/** The lanes of a counterexample's timeline: the parts that a kind of subject is made of. */
export interface Lanes {
  /** From left to right; the lane of faults comes after them. */
  readonly names: readonly string[]
  /** Pixels of each; without it the lanes share what there is. */
  readonly width?: number
  /** The name of the lane that an event happened in. */
  of(event: HistoryEvent): string
}

const FAULT = 'fault'

export function allLanes({ names }: Lanes): string[] {
  return [...names, FAULT]
}

export function laneOf(event: HistoryEvent, lanes: Lanes): string {
  return event.kind.startsWith('fault.') || event.kind === 'observer.gap' ? FAULT : lanes.of(event)
}

/** The lane of a process: of a component, or else of the subject. */
export function laneOfService(service: string, subject: string): string {
  if (/postgres|database/i.test(service)) return 'database'
  if (/kafka|broker/i.test(service)) return 'broker'
  return subject
}

/** Between clients on one side and the database and the broker on the other stands one subject. */
export function lanesAround(subject: string): Lanes {
  return {
    names: ['client', 'database', subject, 'broker'],
    of(event) {
      const { kind } = event
      if (kind === 'input' || kind.startsWith('op.')) return 'client'
      if (kind.startsWith('pg.') || kind.startsWith('gate.')) return 'database'
      if (kind === 'proc') return laneOfService(event.service, subject)
      if (kind.startsWith('k.') && kind !== 'k.client') return 'broker'
      return subject
    },
  }
}
