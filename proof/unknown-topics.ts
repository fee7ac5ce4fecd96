import type { Finding } from './finding.ts'
import { unknown } from './findings.ts'
import type { HistoryEvent } from './history/event.ts'
import { factsOf } from './history/recorded-fact.ts'

declare module './history/fact.ts' {
  interface Facts {
    /** A client asked for a topic that is not there: the client that did so first. */
    'topic.unknown': string
  }
}

/**
 * A stall is no stall of the service where one of its clients waits for a topic that the config does not name: the topic
 * exists where the service is at home, and nobody made it here. A declared topic excuses nothing.
 */
export function unlessUndeclared(finding: Finding, events: readonly HistoryEvent[]): Finding {
  if (finding.kind !== 'stalled') return finding
  const declared = new Set(factsOf(events, 'topic.partitions').map(({ subject }) => subject))
  const missing = factsOf(events, 'topic.unknown').find(({ subject }) => !declared.has(subject))
  if (missing === undefined) return finding
  return unknown(
    finding.predicate,
    `${finding.counterexample.says}; but its client '${missing.value}' asked for topic '${missing.subject}', which the config does not name, so that it is not there: name it (retry.topics, retry.deadLetter, outputs.topic, or topics of the service), or correct the name`,
  )
}
