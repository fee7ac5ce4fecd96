import type { EventOf, Fields } from './event.ts'
import { at, parsed } from './json-content.ts'

/** Where to find the id of an event in a record. */
export type EventIdSource =
  | { readonly header: string }
  | { readonly cloudEvent: 'id' }
  | { readonly json: string }

type IdOf = (record: Pick<EventOf<'k.record'>, 'headers' | 'value'>) => string | undefined

/** How the id of an event is read from a record, as declared. Header names are compared without case. */
export function eventIdReader(source: EventIdSource): IdOf {
  if ('header' in source) return (record) => header(record.headers, source.header)
  if ('cloudEvent' in source) {
    return (record) => header(record.headers, 'ce_id') ?? text(at(parsed(record.value), 'id'))
  }
  return (record) => text(at(parsed(record.value), source.json))
}

/** A header by its name in any case; undefined where it is absent or null. */
export function header(headers: Fields, name: string): string | undefined {
  const exact = headers[name]
  if (exact !== undefined) return exact ?? undefined
  const wanted = name.toLowerCase()
  for (const key in headers) {
    if (key.length === wanted.length && key.toLowerCase() === wanted) return headers[key] ?? undefined
  }
  return undefined
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}
