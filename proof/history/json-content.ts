/** JSON as records and outbox rows carry it, compared by what it says and not by how it is written. */

declare global {
  interface JSON {
    /** With the text that a value was read from. */
    parse(
      text: string,
      reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
    ): unknown
  }
}

/** So many digits may be an integer that a number can't hold. */
const LONG = /\d{16}/

/**
 * The parsed value; undefined for null, for `base64:` bytes and for text that is not JSON. An integer that a number does not
 * hold, such as an id of 64 bits, is its digits.
 */
export function parsed(text: string | null | undefined): unknown {
  if (text === null || text === undefined || text.startsWith('base64:')) return undefined
  try {
    return LONG.test(text) ? JSON.parse(text, exact) : JSON.parse(text)
  } catch {
    return undefined
  }
}

function exact(_: string, value: unknown, { source = '' }: { readonly source?: string }): unknown {
  const isRounded = typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(source)
  return isRounded ? source : value
}

/** One spelling for what {@link sameJson} calls equal. */
export function canonical(value: unknown): string {
  const sorted = (_: string, inner: unknown) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner
  return JSON.stringify(value, sorted) ?? ''
}

/** The same of a text: of the JSON object in it, else as it is. */
export function canonicalText(text: string): string {
  const whole = parsed(text)
  return isObject(whole) ? canonical(whole) : text
}

/**
 * What stands inside an envelope, at any depth up to three: its objects, and its texts, which may be JSON or the bytes
 * of something in base64.
 */
export function enveloped(value: unknown, depth = DEEPEST): readonly string[] {
  if (!isObject(value) || depth === 0) return []
  return Object.values(value).flatMap((member) => {
    if (isObject(member)) return [canonical(member), ...enveloped(member, depth - 1)]
    if (typeof member !== 'string') return []
    const bytes = BASE64.test(member) ? [Buffer.from(member, 'base64').toString()] : []
    return [member, ...bytes].flatMap((text) => {
      const inner = parsed(text)
      return isObject(inner) ? [canonical(inner), ...enveloped(inner, depth - 1)] : [text]
    })
  })
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4}){2,}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** Envelopes around envelopes: a change event's row that holds a CloudEvent is two. */
const DEEPEST = 3

/** Equal but for the order of object keys and the spelling of numbers. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  const left = a as Record<string, unknown>
  const right = b as Record<string, unknown>
  return keys.every((key) => Object.hasOwn(right, key) && sameJson(left[key], right[key]))
}

/** One spelling for an amount, whether it comes as 12.5, "12.50" or "12.500". Undefined where it is no number. */
export function amountOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string' || value === '' || value.length > 32) return undefined
  const number = Number(value)
  return Number.isFinite(number) ? String(number) : undefined
}

/** Every number in the value, at any depth, also those written as text; text that is JSON is looked into. */
export function amountsIn(value: unknown, found: Set<string> = new Set()): Set<string> {
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) amountsIn(part, found)
    return found
  }
  const amount = amountOf(value)
  if (amount !== undefined) found.add(amount)
  else if (typeof value === 'string' && /^\s*[{[]/.test(value)) amountsIn(parsed(value), found)
  return found
}

/**
 * What a record announces, without its envelope: the row after the change of a change event, `payload` of a value
 * with its schema, the text in a JSON string. Undefined where it announces nothing (a tombstone, a deletion).
 */
export function announced(value: unknown): unknown {
  let inner = value
  for (let depth = 0; depth < 4; depth++) {
    if (typeof inner === 'string') {
      const text = parsed(inner)
      if (typeof text !== 'object') return inner
      inner = text
    } else if (isObject(inner) && 'schema' in inner && 'payload' in inner) inner = inner.payload
    else if (isObject(inner) && 'op' in inner && 'after' in inner) return inner.after ?? undefined
    else break
  }
  return inner ?? undefined
}

/** Control characters but white space, which text does not have: an encoding whose bytes happen to be UTF-8. */
const BINARY = /[^\P{Cc}\s]/u

/**
 * Whether a record's value says what the payload says: as it is, inside a JSON string, with its schema, or as a member
 * of an envelope, whatever that calls it. Undefined where the bytes of either can't be read (Avro, another encoding).
 */
export function carries(value: string | null, payload: string | null): boolean | undefined {
  if (value === payload) return true
  if (value === null || payload === null) return false
  if (value.startsWith('base64:') || payload.startsWith('base64:')) return undefined
  const expected = parsed(payload) ?? payload
  const whole = parsed(value)
  if (whole === undefined) return BINARY.test(value) ? undefined : false
  return sameJson(whole, expected) || says(announced(whole), expected, DEEPEST)
}

/** A lone value is equal to some member of an envelope by accident, unless it is a text: it is looked for in `data` alone. */
function says(value: unknown, expected: unknown, depth: number): boolean {
  if (sameJson(value, expected)) return true
  if (!isObject(value) || depth === 0) return false
  const isLone = !isObject(expected) || Object.keys(expected).length === 0
  if (isLone && !isText(expected))
    return 'data' in value && (sameJson(value.data, expected) || sameJson(announced(value.data), expected))
  return Object.values(value).some((member) => says(announced(member), expected, depth - 1))
}

/** With signs that no name, type or id has, so that nothing else is equal to it by accident. */
function isText(value: unknown): boolean {
  return typeof value === 'string' && /[^\p{L}\p{N}\s._:/-]/u.test(value)
}

/**
 * Where a record's value says something else than the payload, in words: its first leaf that differs, is missing or
 * was added. Undefined where either is no JSON object.
 */
export function difference(value: string | null, payload: string | null): string | undefined {
  const committed = parsed(payload)
  const told = likest(announced(parsed(value)), committed)
  if (!isObject(committed) || told === undefined) return undefined
  const wanted = new Map(leavesOf(committed))
  const leaves = new Map(leavesOf(told))
  for (const [path, leaf] of wanted) {
    if (!leaves.has(path)) return `the record has no ${path}, which was committed`
    if (!sameJson(leaves.get(path), leaf))
      return `${path} is ${JSON.stringify(leaves.get(path))} in the record, ${JSON.stringify(leaf)} was committed`
  }
  const added = [...leaves.keys()].find((path) => !wanted.has(path))
  return added && `the record has ${added}, which was not committed`
}

/** The object among a value and its members that has most names in common with another one. */
function likest(value: unknown, other: unknown): Record<string, unknown> | undefined {
  if (!isObject(value) || !isObject(other)) return undefined
  const common = (one: Record<string, unknown>) =>
    Object.keys(one).filter((name) => Object.hasOwn(other, name)).length
  const members = Object.values(value).map(announced).filter(isObject)
  return [value, ...members].reduce((best, one) => (common(one) > common(best) ? one : best))
}

/** The value at `$.a.b`, or undefined. */
export function at(value: unknown, path: string): unknown {
  let inner = value
  for (const name of path.replace(/^\$\.?/, '').split('.')) {
    if (name === '') continue
    if (!isObject(inner)) return undefined
    inner = inner[name]
  }
  return inner
}

/** What stands at each path `$.a.b` of an object: values and lists. */
export function leavesOf(value: unknown, path = '$'): (readonly [path: string, leaf: unknown])[] {
  if (!isObject(value)) return path === '$' ? [] : [[path, value]]
  return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, `${path}.${name}`))
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
