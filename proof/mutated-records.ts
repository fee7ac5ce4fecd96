import type { HistoryEvent } from './history/event.ts'
import type { LoggedRecord } from './history/logged-record.ts'

/** Something that is no record takes the place of one, so that no offset is missing. */
export function hole({ record }: LoggedRecord): HistoryEvent {
  const { seq, at, scenario, topic, partition, offset } = record
  return { seq, at, scenario, kind: 'k.control', topic, partition, offset, producerId: -2, outcome: 'abort' }
}

/** The value with something added that nobody committed. */
export function tampered(value: string | null): string {
  try {
    const parsed: unknown = JSON.parse(value ?? '{}')
    if (typeof parsed === 'string') return JSON.stringify(tampered(parsed))
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
      const inner = ['data', 'payload', 'after'].find(
        (name) => typeof (parsed as Record<string, unknown>)[name] === 'object',
      )
      if (inner === undefined || (parsed as Record<string, unknown>)[inner] === null) {
        return JSON.stringify({ ...parsed, eventproof: 'mutated' })
      }
      const within = JSON.parse(tampered(JSON.stringify((parsed as Record<string, unknown>)[inner])))
      return JSON.stringify({ ...parsed, [inner]: within })
    }
  } catch {
    // Not JSON: any other text will do.
  }
  return `${value} mutated`
}
