import { envelopeOf } from '../../proof/history/cloud-event.ts'
import { announced, isObject, parsed } from '../../proof/history/json-content.ts'
import { withoutPrefix } from '../../proof/history/topic-name.ts'
import type { OnTopic } from '../predicates/predicate.ts'
import type { Seen } from './anti-pattern.ts'

/** What a look says where the subject announced nothing. */
export const NO_EVENTS = { blind: 'no event of its own was read from a topic' } as const

/** Events that the subject announces itself: neither what we put there nor what it hands on. By topic. */
export function ownEvents({ onTopics }: Pick<Seen, 'onTopics'>): ReadonlyMap<string, readonly OnTopic[]> {
  const own = onTopics.filter(({ by, handsOn }) => by === 'subject' && handsOn === undefined)
  return Map.groupBy(own, ({ record }) => withoutPrefix(record.topic))
}

/** What an event says, without its envelope; undefined where it is no JSON. */
export function dataOf({ record }: OnTopic): unknown {
  const { mode, data } = envelopeOf(record)
  const text = mode === 'structured' ? data : record.value
  const value = typeof text === 'string' ? parsed(text) : text
  return announced(value)
}

/** Names of all fields, at any depth. */
export function fieldsOf(value: unknown, found: Set<string> = new Set()): Set<string> {
  if (Array.isArray(value)) for (const one of value) fieldsOf(one, found)
  else if (isObject(value))
    for (const [name, inner] of Object.entries(value)) {
      found.add(name)
      fieldsOf(inner, found)
    }
  return found
}

/** The middle one, the lower of two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0
}

/** "0.83" */
export const rounded = (value: number): number => Math.round(value * 100) / 100
