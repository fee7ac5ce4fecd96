import type { Finding } from './finding.ts'
import { unknown } from './findings.ts'
import type { HistoryEvent } from './history/event.ts'

/**
 * A stall that was seen on a log that nobody could read whole is none: what is said to be late may be in what was not
 * read. (What is said to be lost rests on a log without a gap anyway.)
 */
export function unlessUnread(finding: Finding, events: readonly HistoryEvent[]): Finding {
  if (finding.kind !== 'stalled') return finding
  const gap = events.find((event) => event.kind === 'observer.gap' && event.observer === 'log')
  if (gap?.kind !== 'observer.gap') return finding
  return unknown(finding.predicate, `${finding.counterexample.says}; but ${gap.reason}`)
}
