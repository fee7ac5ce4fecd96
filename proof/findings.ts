import type { Aside, Counterexample, Finding } from './finding.ts'
import type { LoggedRecord } from './history/logged-record.ts'

/** @param aside what was seen and is not the subject's */
export function held(predicate: string, judged: number, aside: readonly Aside[] = []): Finding {
  return { kind: 'held', predicate, judged, ...(aside.length === 0 ? {} : { aside }) }
}

export function violated(predicate: string, name: string, counterexample: Counterexample): Finding {
  return { kind: 'violated', predicate, name, counterexample }
}

export function stalled(predicate: string, name: string, counterexample: Counterexample): Finding {
  return { kind: 'stalled', predicate, name, counterexample }
}

export function unknown(predicate: string, reason: string): Finding {
  return { kind: 'unknown', predicate, reason }
}

/** A counterexample with its events in order, each once. */
export function counterexample(
  says: string,
  events: readonly (number | undefined)[],
  subject: Counterexample['subject'] = {},
  grade: Counterexample['grade'] = 'A',
): Counterexample {
  const seqs = [...new Set(events.filter((seq) => seq !== undefined))].sort((a, b) => a - b)
  return { says, events: seqs, subject, grade }
}

interface Named {
  readonly id: string | undefined
  readonly key: string | undefined
}

/** "event 0b3c of order-7", as far as either is known. */
export function nameOf({ id, key }: Named): string {
  const event = id === undefined ? 'the change' : `event ${id}`
  return key === undefined ? event : `${event} of ${key}`
}

export function subjectOf({ id, key }: Named): Counterexample['subject'] {
  return { ...(id === undefined ? {} : { eventId: id }), ...(key === undefined ? {} : { key }) }
}

/** "order-events/0@17" */
export function placeOf({ record }: Pick<LoggedRecord, 'record'>): string {
  return `${record.topic}/${record.partition}@${record.offset}`
}

/** " (and 11 more)" */
export function more(count: number): string {
  return count > 1 ? ` (and ${count - 1} more)` : ''
}
