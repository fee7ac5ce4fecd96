import { nearest } from '../../core/nearest.ts'
import type { CommonConfig } from './config.ts'
import type { WrongField } from './explain.ts'
import { placeholdersOf, STACK_PLACEHOLDERS } from './placeholders.ts'

// What fields say about each other: names that must exist, placeholders that must be known.

/** @param names that exist @param words that are allowed beside them @param noun of what has such a name */
export function unknownName(
  field: string,
  found: string,
  names: readonly string[],
  noun: string,
  words: readonly string[] = [],
): WrongField[] {
  const allowed = [...names, ...words]
  if (allowed.includes(found)) return []
  const close = nearest(found, allowed)
  return [
    {
      field,
      found: `'${found}'`,
      allowed: `the name of a ${noun}${words.map((word) => ` or '${word}'`).join('')}: ${names.join(', ')}`,
      ...(close === undefined ? {} : { hint: `did you mean '${close}'?` }),
    },
  ]
}

export function unknownService(
  field: string,
  found: string,
  { services }: CommonConfig,
  words: readonly string[] = [],
): WrongField[] {
  return unknownName(field, found, Object.keys(services), 'service', words)
}

/** Names of the placeholders in any string below `value`. */
export function placeholdersIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return placeholdersOf(value)
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(placeholdersIn)
}

/** Unknown placeholders in any string below `value`. */
export function unknownPlaceholders(
  field: string,
  value: unknown,
  allowed: readonly string[] = STACK_PLACEHOLDERS,
): WrongField[] {
  if (typeof value === 'string') {
    return placeholdersOf(value)
      .filter((name) => !allowed.includes(name))
      .map((name) => {
        const close = nearest(name, allowed)
        return {
          field,
          found: `{${name}} in '${value}'`,
          allowed: allowed.map((placeholder) => `{${placeholder}}`).join(' '),
          ...(close === undefined ? {} : { hint: `did you mean {${close}}?` }),
        }
      })
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) =>
    unknownPlaceholders(Array.isArray(value) ? `${field}[${name}]` : `${field}.${name}`, inner, allowed),
  )
}
