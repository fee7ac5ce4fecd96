import type { Finding, Witness } from './finding.ts'
import type { ExpectedEvent } from './history/expected-event.ts'
import type { PublishedRecord } from './history/topic-log.ts'

export function held(checker: string, judged: number): Finding {
  return { kind: 'held', checker, judged }
}

export function violated(checker: string, name: string, witness: Witness): Finding {
  return { kind: 'violated', checker, name, witness }
}

export function stalled(checker: string, name: string, witness: Witness): Finding {
  return { kind: 'stalled', checker, name, witness }
}

export function unknown(checker: string, reason: string): Finding {
  return { kind: 'unknown', checker, reason }
}

/** A witness with its events in order, each once. */
export function witness(
  says: string,
  events: readonly (number | undefined)[],
  subject: Witness['subject'] = {},
  grade: Witness['grade'] = 'A',
): Witness {
  const seqs = [...new Set(events.filter((seq) => seq !== undefined))].sort((a, b) => a - b)
  return { says, events: seqs, subject, grade }
}

/** "event 0b3c of order-7", as far as either is known. */
export function nameOf({ id, key }: ExpectedEvent): string {
  const event = id === undefined ? 'the change' : `event ${id}`
  return key === undefined ? event : `${event} of ${key}`
}

export function subjectOf({ id, key }: ExpectedEvent): Witness['subject'] {
  return { ...(id === undefined ? {} : { eventId: id }), ...(key === undefined ? {} : { key }) }
}

/** "order-events/0@17" */
export function placeOf({ record }: PublishedRecord): string {
  return `${record.topic}/${record.partition}@${record.offset}`
}

/** " (and 11 more)" */
export function more(count: number): string {
  return count > 1 ? ` (and ${count - 1} more)` : ''
}
