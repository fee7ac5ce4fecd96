import {
  isJson,
  isMediaType,
  isName,
  isText,
  isTimestamp,
  isUri,
  isUriReference,
} from './cloud-attributes.ts'
import type { EventOf } from './event.ts'
import { isObject, parsed } from './json-content.ts'

type Content = Pick<EventOf<'k.record'>, 'headers' | 'value'>

/** What keeps a record from being a CloudEvent. */
export interface Offence {
  readonly kind: OffenceKind
  /** "ce_time is '2026-02-30', which is no time of RFC 3339" */
  readonly says: string
}

export type OffenceKind =
  | 'no-cloud-event'
  | 'attribute-missing'
  | 'attribute-wrong'
  | 'attribute-misnamed'
  | 'data-not-as-declared'

/** A record as CloudEvents' Kafka binding reads it. */
export interface Envelope {
  readonly mode: 'binary' | 'structured' | 'none'
  readonly attributes: Readonly<Record<string, unknown>>
  /** As text, as far as it is one. */
  readonly data: unknown
  readonly offences: readonly Offence[]
  /** A format of the structured mode that is not read here, such as `application/cloudevents+avro`. */
  readonly unread?: string
}

const REQUIRED = ['specversion', 'id', 'source', 'type']
const STRUCTURED = /^application\/cloudevents/i
const PREFIX = 'ce_'

/** A record without a value and without an envelope deletes its key in a compacted topic: it is no event. */
export function deletesKey(record: Content): boolean {
  return record.value === null && envelopeOf(record).mode === 'none'
}

/** Read once a record: several predicates ask for it, again and again. */
const read = new WeakMap<Content, Envelope>()

/**
 * A record as a CloudEvent 1.0 in the binary or the structured mode of the Kafka binding, and all that keeps it from
 * being one. What the specification only advises (names of at most 20 letters, events below 64 KiB) is no offence.
 */
export function envelopeOf(record: Content): Envelope {
  const known = read.get(record)
  if (known !== undefined) return known
  const envelope = opened(record)
  read.set(record, envelope)
  return envelope
}

function opened({ headers, value }: Content): Envelope {
  const contentType = headers['content-type'] ?? undefined
  if (contentType !== undefined && STRUCTURED.test(contentType)) return structured(contentType, value)
  const named = Object.entries(headers).filter(([name]) => name.toLowerCase().startsWith(PREFIX))
  if (named.length > 0) return binary(named, contentType, value)
  const says = `it has no ${PREFIX}… headers, and its content-type is ${contentType ?? 'not given'}`
  return none(says, value)
}

function none(says: string, data: unknown): Envelope {
  return { mode: 'none', attributes: {}, data, offences: [{ kind: 'no-cloud-event', says }] }
}

function binary(
  named: readonly (readonly [string, string | null])[],
  contentType: string | undefined,
  value: string | null,
): Envelope {
  const offences: Offence[] = []
  const attributes: Record<string, unknown> = {}
  for (const [header, text] of named) {
    const name = header.slice(PREFIX.length)
    if (!header.startsWith(PREFIX) || !isName(name) || name === 'data' || name === 'datacontenttype') {
      const instead = name === 'datacontenttype' ? ' (it is the header content-type)' : ''
      offences.push({ kind: 'attribute-misnamed', says: `${header} is no name of an attribute${instead}` })
    } else if (text !== null) attributes[name] = text
  }
  if (contentType !== undefined) attributes.datacontenttype = contentType
  offences.push(
    ...ofAttributes(attributes, (name) => (name === 'datacontenttype' ? 'content-type' : PREFIX + name)),
  )
  if (contentType !== undefined && value !== null && isMediaType(contentType)) {
    if (isJson(contentType) && !holdsJson(value))
      offences.push({ kind: 'data-not-as-declared', says: `its data is no JSON, as ${contentType} says` })
    else if (/^text\//i.test(contentType) && value.startsWith('base64:'))
      offences.push({ kind: 'data-not-as-declared', says: `its data is no text, as ${contentType} says` })
  }
  return { mode: 'binary', attributes, data: parsed(value) ?? value, offences }
}

function structured(contentType: string, value: string | null): Envelope {
  if (/-batch\b/i.test(contentType))
    return none(`its content-type is ${contentType}: Kafka's binding has no batched mode`, value)
  if (!/\+json\b/i.test(contentType))
    return { mode: 'structured', attributes: {}, data: value, offences: [], unread: contentType }
  const event = parsed(value)
  if (!isObject(event))
    return none(`its content-type is ${contentType}, and its value is no JSON object`, value)
  const { data, data_base64: bytes, ...members } = event
  const offences: Offence[] = []
  const attributes: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(members)) {
    if (!isName(name))
      offences.push({ kind: 'attribute-misnamed', says: `${name} is no name of an attribute` })
    else if (member !== null) attributes[name] = member
  }
  offences.push(
    ...ofAttributes(attributes, (name) => name),
    ...ofData(data, bytes, attributes.datacontenttype),
  )
  return { mode: 'structured', attributes, data: data ?? bytes, offences }
}

function ofData(data: unknown, bytes: unknown, mediaType: unknown): Offence[] {
  const wrong = (says: string): Offence[] => [{ kind: 'data-not-as-declared', says }]
  if (data !== undefined && bytes !== undefined) return wrong('it has both data and data_base64')
  if (bytes !== undefined && bytes !== null)
    return typeof bytes === 'string' && isBase64(bytes) ? [] : wrong('its data_base64 is not in Base64')
  if (typeof mediaType !== 'string' || isJson(mediaType) || data === undefined || typeof data === 'string')
    return []
  return wrong(`its data is JSON in the place of a text, and datacontenttype is ${mediaType}`)
}

function ofAttributes(
  attributes: Readonly<Record<string, unknown>>,
  nameOf: (attribute: string) => string,
): Offence[] {
  const missing = REQUIRED.filter((name) => attributes[name] === undefined)
  return [
    ...missing.map((name) => ({ kind: 'attribute-missing', says: `${nameOf(name)} is missing` }) as const),
    ...Object.entries(attributes).flatMap(([name, value]) => {
      const wrong = whyWrong(name, value)
      const says = `${nameOf(name)} is ${JSON.stringify(value)}, ${wrong}`
      return wrong === undefined ? [] : [{ kind: 'attribute-wrong', says } as const]
    }),
  ]
}

/** What the attributes that the specification knows must be, beside texts that are not empty. */
const SHAPES: Readonly<Record<string, readonly [is: (text: string) => boolean, otherwise: string]>> = {
  specversion: [(text) => text === '1.0', 'and not 1.0'],
  id: [() => true, ''],
  source: [isUriReference, 'which is no URI-reference'],
  type: [() => true, ''],
  subject: [() => true, ''],
  time: [isTimestamp, 'which is no time of RFC 3339'],
  dataschema: [isUri, 'which is no absolute URI'],
  datacontenttype: [isMediaType, 'which is no media type'],
}

function whyWrong(name: string, value: unknown): string | undefined {
  const [is, otherwise] = SHAPES[name] ?? []
  if (is === undefined) return isValue(value) ? undefined : 'which is of no type that an attribute may have'
  if (typeof value !== 'string') return 'and not a text'
  if (value === '') return 'and empty'
  if (!isText(value)) return 'with characters that no text may hold'
  return is(value) ? undefined : otherwise
}

/** Of an extension. */
function isValue(value: unknown): boolean {
  if (typeof value === 'string') return isText(value)
  if (typeof value === 'number') return Number.isInteger(value) && Math.abs(value) <= 2 ** 31
  return typeof value === 'boolean'
}

/** Also behind the five bytes with which serializers of a Schema Registry begin. */
function holdsJson(value: string): boolean {
  if (parsed(value) !== undefined) return true
  if (value.startsWith('\0') && parsed(value.slice(5)) !== undefined) return true
  if (!value.startsWith('base64:AA')) return false
  const bytes = Uint8Array.from(atob(value.slice('base64:'.length)), (char) => char.charCodeAt(0))
  return parsed(new TextDecoder().decode(bytes.subarray(5))) !== undefined
}

function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[a-z\d+/]*={0,2}$/i.test(text)
}
