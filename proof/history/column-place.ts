import { columnText } from './column-text.ts'
import type { Fields } from './event.ts'
import { at, parsed } from './json-content.ts'

/** Where a row says something: in a column, or at a path of the JSON in a column. */
export type ColumnPlace = string | { readonly column: string; readonly json: string }

/** What a row says there; undefined where it has no such column, or no value at that path. */
export function textAt(row: Fields | undefined, place: ColumnPlace): string | null | undefined {
  if (typeof place === 'string') return row?.[place]
  const value = at(parsed(columnText(row?.[place.column])), place.json)
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}

export function columnOf(place: ColumnPlace): string {
  return typeof place === 'string' ? place : place.column
}

/** As a config spells it. */
export function spelledPlace(place: ColumnPlace): string {
  return typeof place === 'string' ? `'${place}'` : `{ column: '${place.column}', json: '${place.json}' }`
}
