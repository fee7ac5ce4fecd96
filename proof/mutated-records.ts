import type { HistoryEvent } from './history/event.ts'
import type { LoggedRecord } from './history/logged-record.ts'

/** Something that is no record takes the place of one, so that no offset is missing. */
export function hole({ record }: LoggedRecord): HistoryEvent {
  const { seq, at, scenario, topic, partition, offset } = record
  return { seq, at, scenario, kind: 'k.control', topic, partition, offset, producerId: -2, outcome: 'abort' }
}

/** The value with something added that nobody committed, in each object of it: any of them may be what was committed. */
export function tampered(value: string | null): string {
  try {
    const changed = withMore(JSON.parse(value ?? '{}'))
    if (changed !== undefined) return JSON.stringify(changed)
  } catch {
    // Not JSON: any other text will do.
  }
  return `${value} mutated`
}

/** Undefined where there is no object to add to. */
function withMore(value: unknown): unknown {
  if (typeof value === 'string') return /^\s*\{/.test(value) ? tampered(value) : undefined
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const members = Object.entries(value).map(([name, member]) => [name, withMore(member) ?? member] as const)
  return { ...Object.fromEntries(members), eventproof: 'mutated' }
}
