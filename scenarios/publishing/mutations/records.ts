import type { HistoryEvent } from '../../../proof/history/event.ts'
import type { PublishedRecord } from '../../../proof/history/topic-log.ts'
import type { PublisherView } from '../view/publisher-view.ts'

/** Something that is no record takes the place of one, so that no offset is missing. */
export function hole({ record }: PublishedRecord): HistoryEvent {
  const { seq, at, scenario, topic, partition, offset } = record
  return { seq, at, scenario, kind: 'k.control', topic, partition, offset, producerId: -2, outcome: 'abort' }
}

/** The place behind everything that was read of a partition. */
export function endOf(view: PublisherView, partition: number): number {
  return view.records.reduce(
    (end, { record }) => (record.partition === partition ? Math.max(end, record.offset + 1) : end),
    view.coverage.ends.get(partition)?.end ?? 0,
  )
}

/** Every record that was read of an event, also those that are not visible. */
export function copiesOf(view: PublisherView, { expected }: PublishedRecord): number[] {
  return view.records.filter((record) => record.expected === expected).map(({ record }) => record.seq)
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
