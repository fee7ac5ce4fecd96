import { type ColumnPlace, spelledPlace } from '../../../proof/history/column-place.ts'
import { columnText } from '../../../proof/history/column-text.ts'
import type { Fields } from '../../../proof/history/event.ts'
import { isObject, leavesOf, parsed } from '../../../proof/history/json-content.ts'

/** A row's columns, and what the JSON in them says, by its places. */
export function everywhere(row: Fields): Fields {
  const inside = Object.entries(row).flatMap(([column, value]) => {
    const content = parsed(columnText(value))
    const leaves = isObject(content) ? leavesOf(content) : []
    return leaves.flatMap(([json, leaf]) =>
      typeof leaf === 'string' || typeof leaf === 'number'
        ? [[spelledPlace({ column, json }), String(leaf)]]
        : [],
    )
  })
  return { ...row, ...Object.fromEntries(inside) }
}

/** A place among those, and as a config spells it. */
export function spelled(name: string): string {
  return name.startsWith('{') ? name : `'${name}'`
}

export function nameOf(place: ColumnPlace): string {
  return typeof place === 'string' ? place : spelledPlace(place)
}
