import type { Finding } from './finding.ts'
import { unknown } from './findings.ts'
import type { HistoryEvent } from './history/event.ts'
import { staysEnded } from './history/own-exits.ts'
import { factsOf } from './history/recorded-fact.ts'

declare module './history/fact.ts' {
  interface Facts {
    /** Tasks that wanted each core of the machine, over a minute, where they were too many for a bound in seconds. */
    'machine.starved': number
  }
}

/** Tasks a core from which on a bound in seconds says nothing of the subject: it runs a sixth of the time that it wants. */
export const STARVED = 6

/**
 * A stall that was seen while the machine had no time for the subject is none: whoever is late may have been kept from
 * running. What was lost or doubled stays so, however slow the machine was.
 */
export function unlessStarved(finding: Finding, events: readonly HistoryEvent[]): Finding {
  if (finding.kind !== 'stalled') return finding
  const [from = 0] = finding.counterexample.events
  const loads = factsOf(events, 'machine.starved').flatMap(({ seq, value }) => (seq > from ? [value] : []))
  // A process that ended by itself and was not started again is late for that reason.
  if (loads.length === 0 || staysEnded(events)) return finding
  return unknown(
    finding.predicate,
    `${finding.counterexample.says}; but ${Math.max(...loads).toFixed(0)} tasks wanted each core of this machine meanwhile, so that a bound in seconds says nothing: run it with fewer --jobs, or with nothing beside it`,
  )
}
