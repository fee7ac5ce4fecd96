import type { z } from 'zod'
import { nearest } from '../../core/nearest.ts'

/** One wrong field, in the words of the error that a user reads. */
export interface WrongField {
  /** `publishers.orders.topic`; a name with a dot in it is quoted. */
  readonly field: string
  readonly found: string
  readonly allowed: string
  readonly hint?: string
}

/**
 * zod's issues in words, in the schema's order. Unknown names come first: a misspelt field is missing under its right
 * name, too, and its own name says more.
 */
export function explain(error: z.ZodError, value: unknown, schema: z.ZodType): readonly WrongField[] {
  const issues = error.issues.flatMap(alternative)
  const unknown = issues.filter(({ code }) => code === 'unrecognized_keys')
  return [...new Set([...unknown, ...issues])].flatMap((issue) => wrongFieldsOf(issue, value, schema))
}

/** Of a value that has the fields of one of several alternatives, what is wrong inside it. */
function alternative(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue]
  const [meant = [], ...others] = issue.errors.filter((issues) => issues.every(({ path }) => path.length > 0))
  if (meant.length === 0 || others.length > 0) return [issue]
  return meant.flatMap((inner) => alternative({ ...inner, path: [...issue.path, ...inner.path] }))
}

function wrongFieldsOf(issue: z.core.$ZodIssue, value: unknown, schema: z.ZodType): WrongField[] {
  if (issue.code === 'unrecognized_keys') {
    const allowed = fieldsAt(schema, issue.path)
    return issue.keys.map((key) => ({
      field: fieldOf([...issue.path, key]),
      found: 'a field of that name',
      allowed: allowed.join(', '),
      ...hint([key], allowed),
    }))
  }
  const wrong = at(value, issue.path)
  return [
    {
      field: fieldOf(issue.path),
      found: describe(wrong),
      allowed: allowedBy(issue),
      ...(issue.code === 'invalid_union' && typeof wrong === 'object' && wrong !== null
        ? hint(Object.keys(wrong), fieldsAt(schema, issue.path))
        : {}),
    },
  ]
}

/** The allowed name that is meant by one that is not. */
function hint(names: readonly string[], allowed: readonly string[]): Pick<WrongField, 'hint'> {
  const unknown = names.filter((name) => !allowed.includes(name))
  const [close] = unknown.flatMap((name) => nearest(name, allowed) ?? [])
  return close === undefined ? {} : { hint: `did you mean '${close}'?` }
}

/** Types by other words than zod's. */
const TYPES: Readonly<Record<string, string>> = { int: 'a whole number', record: 'an object' }

function allowedBy(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return TYPES[issue.expected] ?? `${/^[aeiou]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}`
    case 'invalid_value':
      return issue.values.map((word) => `'${String(word)}'`).join(', ')
    case 'too_small':
      if (issue.origin === 'array') return 'a list that is not empty'
      return issue.origin === 'string' ? 'a text that is not empty' : `${issue.minimum} or more`
    case 'too_big':
      return `${issue.maximum} or less`
    case 'invalid_key':
      return issue.issues[0]?.message ?? issue.message
    default:
      return issue.message
  }
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
  if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint')
    return `a ${typeof value}`
  const text = JSON.stringify(value)
  return text.length > 80 ? `${text.slice(0, 77)}…` : text
}

/** Names of the fields that the schema has at `path`, in any of its alternatives. */
function fieldsAt(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  const found = path.reduce<readonly z.ZodType[]>(
    (schemas, part) => schemas.flatMap((one) => inside(one, String(part))),
    [schema],
  )
  return found.flatMap(alternatives).flatMap(({ shape = {} }) => Object.keys(shape))
}

function inside(schema: z.ZodType, name: string): z.ZodType[] {
  return alternatives(schema).flatMap(
    ({ shape, valueType, element }) => shape?.[name] ?? valueType ?? element ?? [],
  )
}

/** What zod says of a schema's inside, as far as it is read here. */
interface Definition {
  readonly innerType?: z.ZodType
  readonly options?: readonly z.ZodType[]
  readonly shape?: Readonly<Record<string, z.ZodType>>
  readonly valueType?: z.ZodType
  readonly element?: z.ZodType
}

function alternatives(schema: z.ZodType): Definition[] {
  const definition = schema.def as Definition
  const { innerType, options } = definition
  if (innerType !== undefined) return alternatives(innerType)
  return options === undefined ? [definition] : options.flatMap(alternatives)
}
