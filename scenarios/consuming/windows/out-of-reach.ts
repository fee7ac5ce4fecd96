import type { EventOf, HistoryEvent } from '../../../proof/history/event.ts'
import type { Entry, Trial } from '../../../proof/window.ts'
import { effectsOf } from './marked-input.ts'

/** Milliseconds: longer than clients try again by themselves before they tell their caller. */
export const OUTAGE = 12_000

/**
 * Something was out of reach, nobody was killed, and events that came meanwhile ended only when it was back: the
 * service's own handling of errors did what was done.
 */
export function livedThrough(trial: Trial, fault: string): Entry | undefined {
  const of = (kind: HistoryEvent['kind']) =>
    trial.events.find((event) => event.kind === kind && 'fault' in event && event.fault === fault)
  const [injected, took, healed] = [of('fault.injected'), of('fault.took-effect'), of('fault.healed')]
  if (took?.kind !== 'fault.took-effect' || !injected || !healed) return undefined
  const waited = trial.events.filter(
    (event): event is EventOf<'input'> =>
      event.kind === 'input' &&
      event.seq > injected.seq &&
      event.seq < healed.seq &&
      !effectsOf(trial, event).some(({ seq }) => seq < healed.seq),
  )
  const [first] = waited
  if (first === undefined) return undefined
  return {
    grade: 'B',
    says: `${took.evidence}; ${waited.length} events that came meanwhile had no effect before it was over`,
    events: [took.seq, first.seq, healed.seq],
  }
}
