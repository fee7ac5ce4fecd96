import type { z } from 'zod'
import { nearest } from '../../core/nearest.ts'

/** One wrong field, in the words of the error that a user reads. */
export interface Fault {
  /** `publishers.orders.topic`; a name with a dot in it is quoted. */
  readonly field: string
  readonly found: string
  readonly allowed: string
  readonly hint?: string
}

/** zod's issues in words; the order is the schema's. */
export function explain(error: z.ZodError, value: unknown, schema: z.ZodType): readonly Fault[] {
  return error.issues.flatMap((issue) => faultsOf(issue, value, schema))
}

function faultsOf(issue: z.core.$ZodIssue, value: unknown, schema: z.ZodType): Fault[] {
  if (issue.code === 'unrecognized_keys') {
    const allowed = Object.keys(shapeAt(schema, issue.path))
    return issue.keys.map((key) => {
      const close = nearest(key, allowed)
      return {
        field: fieldOf([...issue.path, key]),
        found: 'a field of that name',
        allowed: allowed.join(', '),
        ...(close === undefined ? {} : { hint: `did you mean '${close}'?` }),
      }
    })
  }
  return [{ field: fieldOf(issue.path), found: describe(at(value, issue.path)), allowed: allowedBy(issue) }]
}

function allowedBy(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type')
    return `${/^[aeiou]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}`
  if (issue.code === 'invalid_value') return issue.values.map((word) => `'${String(word)}'`).join(', ')
  if (issue.code === 'too_small')
    return issue.origin === 'array' ? 'a list that is not empty' : 'a text that is not empty'
  if (issue.code === 'invalid_key') return issue.issues[0]?.message ?? issue.message
  return issue.message
}

/** `['publishers', 'orders', 'topic']` → `publishers.orders.topic`, `['command', 0]` → `command[0]`. */
function fieldOf(path: readonly PropertyKey[]): string {
  return path
    .map((part) => {
      if (typeof part === 'number') return `[${part}]`
      return /^[\w-]+$/.test(String(part)) ? `.${String(part)}` : `['${String(part)}']`
    })
    .join('')
    .replace(/^\./, '')
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, part) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, part) : undefined),
    value,
  )
}

function describe(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (typeof value === 'function') return 'a function'
  const text = JSON.stringify(value)
  return text.length > 80 ? `${text.slice(0, 77)}…` : text
}

/** The fields of the strict object that the schema has at `path`. */
function shapeAt(schema: z.ZodType, path: readonly PropertyKey[]): Readonly<Record<string, z.ZodType>> {
  const found = path.reduce<z.ZodType | undefined>((inner, part) => {
    const def = inner === undefined ? undefined : definition(inner)
    return def?.shape?.[String(part)] ?? def?.valueType
  }, schema)
  return (found && definition(found).shape) ?? {}
}

interface Definition {
  readonly innerType?: z.ZodType
  readonly valueType?: z.ZodType
  readonly shape?: Readonly<Record<string, z.ZodType>>
}

function definition(schema: z.ZodType): Definition {
  const def = schema.def as Definition
  return def.innerType === undefined ? def : definition(def.innerType)
}
