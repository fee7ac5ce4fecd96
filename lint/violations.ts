import type { Field } from './field.ts'
import type { Schema } from './keda/schema.ts'

/** What a resource definition has against a field. */
export interface Violation {
  /** What is wrong, or, where something is missing, what should hold it. */
  readonly field: Field
  readonly key: string
  /** Set where the field is unknown: the names that are known in its place. */
  readonly known?: readonly string[]
  readonly found: string
  readonly fix: string
}

/** Compares a field, and all that is below it, with a resource definition, as the API server does. */
export function* violations(field: Field, schema: Schema, key = ''): Iterable<Violation> {
  const wrong = (found: string, fix: string): Violation => ({ field, key, found, fix })
  const { type, properties, items, additionalProperties, required = [], open } = schema
  if (schema.intOrString) {
    const text = typeof field.value === 'number' ? String(field.value) : (field.text ?? '')
    const fits = Number.isInteger(field.value) || (typeof field.value === 'string' && matches(schema, text))
    if (!fits)
      yield wrong(`${field.path} is ${shown(field)}`, 'write a whole number, or a quantity in quotes')
  } else if (type === 'object') {
    if (field.kind !== 'mapping') {
      yield wrong(`${field.path} is ${shown(field)}`, 'write a mapping: `key: value` lines')
      return
    }
    for (const name of required)
      if (!isThere(field.get(name), properties?.[name])) {
        const missing = field.get(name)
        yield { field: missing, key: name, found: `${missing.path} is missing`, fix: `add ${missing.path}` }
      }
    for (const [name, each] of field.entries()) {
      const below = properties?.[name] ?? additionalProperties
      if (below !== undefined) {
        if (!each.isNull) yield* violations(each, below, name)
      } else if (open !== true && properties !== undefined) {
        yield { field: each, key: name, known: Object.keys(properties), found: '', fix: '' }
      }
    }
  } else if (type === 'array') {
    const elements = field.items()
    if (field.kind !== 'sequence')
      yield wrong(`${field.path} is ${shown(field)}`, 'write a list: lines that begin with `- `')
    else if (elements.length < (schema.minItems ?? 0))
      yield wrong(`${field.path} is empty`, `add ${schema.minItems} or more`)
    for (const each of elements) yield* violations(each, items ?? {}, key)
  } else yield* scalarViolations(field, schema, wrong)
}

function* scalarViolations(
  field: Field,
  { type, format, enum: allowed, minimum, maximum, minLength = 0 }: Schema,
  wrong: (found: string, fix: string) => Violation,
): Iterable<Violation> {
  const { value, path } = field
  if (type === 'integer') {
    const bound = format === 'int32' ? 2 ** 31 : 2 ** 63
    const [least, most] = [minimum ?? -bound, maximum ?? bound - 1]
    const range =
      minimum === undefined
        ? ''
        : maximum === undefined
          ? `, ${minimum} or more`
          : `, ${minimum} to ${maximum}`
    if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most)
      yield wrong(`${path} is ${shown(field)}`, `write a whole number without quotes${range}`)
  } else if (type === 'boolean') {
    if (typeof value !== 'boolean')
      yield wrong(`${path} is ${shown(field)}`, 'write true or false, without quotes')
  } else if (type === 'string') {
    if (typeof value !== 'string') yield wrong(`${path} is ${shown(field)}`, `write text${quoted(field)}`)
    else if (allowed !== undefined && !allowed.includes(value))
      yield wrong(`${path} is ${shown(field)}`, `write ${allowed.join(' or ')}`)
    else if (value.length < minLength) yield wrong(`${path} is empty`, `write ${path}`)
  }
}

/** Something is written, or the API server fills in a default. A null it drops. */
function isThere(field: Field, schema: Schema | undefined): boolean {
  return field.present || schema?.default !== undefined
}

function matches({ pattern }: Schema, text: string): boolean {
  return pattern === undefined || new RegExp(pattern).test(text)
}

function quoted({ text }: Field): string {
  return text === undefined ? '' : `, in quotes: "${text}"`
}

function shown(field: Field): string {
  const { kind, value, text } = field
  if (field.isNull) return 'null'
  if (kind === 'mapping' || kind === 'sequence') return `a ${kind}`
  if (typeof value === 'string') return `the text "${text}"`
  // What YAML makes of a word or a number that is written in a way of its own is not what one sees.
  return String(value) === text ? String(text) : `${text}, which is ${value} to Kubernetes`
}
