import { formsOf } from '../../core/key-form.ts'
import { eventIdReader, header } from '../../proof/history/event-id.ts'
import { amountsIn, parsed } from '../../proof/history/json-content.ts'
import type { WrongField } from '../../subjects/contract/explain.ts'
import {
  amountValues,
  fill,
  fillJson,
  keyValues,
  placeholdersOf,
} from '../../subjects/contract/placeholders.ts'
import type { ConsumerConfig } from './consumer-config.ts'

type DeclaredEvent = ConsumerConfig['event']

/** What an event of the load says, by the names of its placeholders. */
export type EventValues = {
  readonly key: string
  readonly eventId: string
  readonly amount: number
  readonly version: number
  readonly traceparent: string
  readonly time: string
}

export interface EventRecord {
  readonly key: string
  readonly headers: Readonly<Record<string, string>>
  readonly value: string
}

/**
 * The record that a config describes.
 * @param said what its body says: an event that says the same as another one differs from it by its id, wherever that is
 */
export function recordOf(event: DeclaredEvent, values: EventValues, said = values): EventRecord {
  const told = filled(values)
  const headers = Object.entries(event.headers ?? {}).map(([name, text]) => [name, fill(text, told)])
  return {
    key: fill(event.key ?? '{key}', told),
    headers: Object.fromEntries(headers),
    value: JSON.stringify(fillJson(event.json, { ...filled(said), eventId: values.eventId })),
  }
}

function filled(values: EventValues) {
  return { ...values, ...keyValues(values.key), ...amountValues(values.amount) }
}

/** The event as a producer of another declared version writes it. */
export function inVersion({ versions = {}, ...event }: DeclaredEvent, name: string): DeclaredEvent {
  const { headers, json } = versions[name] ?? event
  return { ...event, headers: { ...event.headers, ...headers }, json }
}

const SAMPLE: EventValues = {
  key: 'key-01',
  eventId: '3f0e8c52-7d41-4b6a-9a57-2c1d90e4b8f6',
  amount: 1_000_007,
  version: 43,
  traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
  time: '2026-01-01T00:00:00.000Z',
}

type Declared = Pick<ConsumerConfig, 'event' | 'eventId' | 'effects' | 'versions' | 'tracing'>

/** Where the event that a config describes does not say what the config relies on. @param at of the consumer */
export function wrongEvent(
  at: string,
  { event, eventId, effects, versions, tracing }: Declared,
): WrongField[] {
  const names = [event.key ?? '{key}', ...Object.values(event.headers ?? {}), JSON.stringify(event.json)]
  // A wrong name is told as such.
  const known = filled(SAMPLE)
  if (names.flatMap(placeholdersOf).some((name) => !Object.hasOwn(known, name))) return []
  const record = recordOf(event, SAMPLE)
  const wrong: WrongField[] = []
  const id = idIn(record, eventId)
  if (id !== SAMPLE.eventId)
    wrong.push({
      field: `${at}.event`,
      found: id === undefined ? `no id in ${placeIn(eventId)}` : `'${id}' as the id in ${placeIn(eventId)}`,
      allowed: `'{eventId}' where eventId says that the id is: ${placeIn(eventId)}`,
    })
  const numbers = amountsIn([parsed(record.value), record.headers])
  if ((effects.amount ?? effects.sum) !== undefined && !numbers.has(String(SAMPLE.amount)))
    wrong.push({
      field: `${at}.event`,
      found: 'no {amount}',
      allowed: `'{amount}' in json or headers: ${effects.amount === undefined ? 'effects.sum' : 'effects.amount'} holds it`,
    })
  if ((effects.version ?? versions) !== undefined && !numbers.has(String(SAMPLE.version)))
    wrong.push({
      field: `${at}.event`,
      found: 'no {version}',
      allowed: `'{version}' in json or headers: ${effects.version === undefined ? 'versions' : 'effects.version'} holds it`,
    })
  if (tracing !== undefined && header(record.headers, tracing.header) !== SAMPLE.traceparent)
    wrong.push({
      field: `${at}.event.headers`,
      found: `no '{traceparent}' in header ${tracing.header}`,
      allowed: `${tracing.header}: '{traceparent}', for tracing.header says that it is there`,
    })
  return [...wrong, ...wrongKey(`${at}.event.key`, record.key, effects)]
}

/** Keys tell marked events from others, and spread the load over the partitions; sums are told apart by them. */
function wrongKey(field: string, key: string, { sum }: ConsumerConfig['effects']): WrongField[] {
  if (sum !== undefined && key !== SAMPLE.key)
    return [{ field, found: `'${key}'`, allowed: "'{key}' where effects.sum is declared" }]
  if ([...formsOf(SAMPLE.key), SAMPLE.eventId].some((own) => key.includes(own))) return []
  return [{ field, found: `'${key}' for every event`, allowed: "a text with '{key}' or '{eventId}'" }]
}

/** The event id that a reader of the record finds, as declared. */
export function idIn({ headers, value }: EventRecord, source: ConsumerConfig['eventId']): string | undefined {
  return eventIdReader(source)({ headers, value })
}

function placeIn(source: ConsumerConfig['eventId']): string {
  if ('header' in source) return `header ${source.header}`
  return 'json' in source ? source.json : "header ce_id or the value's id"
}
