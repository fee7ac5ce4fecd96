import { EventproofError } from '../../core/error.ts'
import { inForm, KEY_FORMS } from '../../core/key-form.ts'
import { nearest } from '../../core/nearest.ts'

/** Names that a stack fills in `command`, `env` and a connector. */
export const STACK_PLACEHOLDERS = [
  'postgres.url',
  'postgres.host',
  'postgres.port',
  'postgres.user',
  'postgres.password',
  'postgres.database',
  'kafka.bootstrapServers',
  'kafka.host',
  'kafka.port',
  'schemaRegistry.url',
  'connect.url',
  'port',
  'topicPrefix',
  'instance',
  'slot',
  'publication',
  'stub.url',
  'alerts.url',
  'otlp.endpoint',
  'otlp.grpc',
] as const

/** `{key}`, and the same in forms that a service may ask for. */
export const KEY_PLACEHOLDERS = ['key', ...KEY_FORMS.map((form) => `key:${form}` as const)] as const

/** `{amount}`, a number where it stands alone, and the same as a text. */
export const AMOUNT_PLACEHOLDERS = ['amount', 'amount:text'] as const

/** Names that the load fills in a publisher's command, besides those of the stack. */
export const COMMAND_PLACEHOLDERS = [...KEY_PLACEHOLDERS, ...AMOUNT_PLACEHOLDERS, 'commandId'] as const

/** The key of the load in each form. */
export function keyValues(key: string): PlaceholderValues {
  return { key, ...Object.fromEntries(KEY_FORMS.map((form) => [`key:${form}`, inForm(key, form)])) }
}

/** The amount as a number and as a text. */
export function amountValues(amount: number): PlaceholderValues {
  return { amount, 'amount:text': String(amount) }
}

/** Names that the load fills in a consumer's event. */
export const EVENT_PLACEHOLDERS = [
  ...KEY_PLACEHOLDERS,
  'eventId',
  ...AMOUNT_PLACEHOLDERS,
  'version',
  'traceparent',
  'time',
] as const

export type PlaceholderValues = Readonly<Record<string, string | number>>

export class PlaceholderUnknown extends EventproofError {
  override readonly code = 'EVENTPROOF_PLACEHOLDER_UNKNOWN'
  override readonly exitCode = 64
}

/**
 * `{word}`, `{word.word}` or `{word:form}`, not after a `$`: `${routedByValue}` belongs to Kafka Connect and stays as it is.
 */
const PLACEHOLDER = /(?<!\$)\{([A-Za-z][\w]*(?:[.:][A-Za-z]\w*)?)\}/g

/** Names of the placeholders in a text. */
export function placeholdersOf(template: string): readonly string[] {
  return [...template.matchAll(PLACEHOLDER)].map((match) => match[1] ?? '')
}

/** Replaces every placeholder by its value. @throws {PlaceholderUnknown} for one without a value. */
export function fill(template: string, values: PlaceholderValues): string {
  return template.replace(PLACEHOLDER, (_, name: string) => String(lookUp(name, template, values)))
}

/**
 * Fills every string inside a JSON value. A string that is nothing but one placeholder becomes its value with the
 * value's type: `"{amount}"` with 7 gives the number 7.
 */
export function fillJson(template: unknown, values: PlaceholderValues): unknown {
  if (typeof template === 'string') {
    const [only] = placeholdersOf(template)
    return only !== undefined && template === `{${only}}`
      ? lookUp(only, template, values)
      : fill(template, values)
  }
  if (Array.isArray(template)) return template.map((item) => fillJson(item, values))
  if (typeof template !== 'object' || template === null) return template
  return Object.fromEntries(Object.entries(template).map(([name, value]) => [name, fillJson(value, values)]))
}

function lookUp(name: string, template: string, values: PlaceholderValues): string | number {
  const value = Object.hasOwn(values, name) ? values[name] : undefined
  if (value !== undefined) return value
  const close = nearest(name, Object.keys(values))
  throw new PlaceholderUnknown(`{${name}} has no value`, {
    what: `'${template}' contains {${name}}; there are ${Object.keys(values)
      .map((known) => `{${known}}`)
      .join(' ')}`,
    ...(close === undefined ? {} : { hint: `did you mean {${close}}?` }),
  })
}
