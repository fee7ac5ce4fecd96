import type { Field, Layout, Scalar } from '../schemas/message.ts'
import { Incoming } from './incoming.ts'
import { type Struct, unknownTags, type Value } from './value.ts'

/**
 * Told where a tagged field of the outermost structure begins, in bytes before the end of the frame, as soon as its tag
 * has come.
 */
export type OnTag = (field: Field, left: number) => void

export interface Decoding {
  /** Bytes of each records field that are kept; the rest is stepped over. */
  readonly records: number
  readonly onTag?: OnTag
}

/**
 * Decodes a body that is there as a whole.
 * @throws RangeError where it is cut, or no message of this layout
 */
export function decode(layout: Layout, body: Buffer): Struct {
  const step = decoding(layout, Incoming.whole(body), { records: Number.POSITIVE_INFINITY }).next()
  if (!step.done) throw new RangeError('the frame is cut')
  return step.value
}

/**
 * Decodes a body while its bytes arrive; yields whenever it needs more of them.
 * @throws RangeError as soon as it can't be a message of this layout
 */
export function* decoding(layout: Layout, source: Incoming, how: Decoding): Generator<void, Struct> {
  const struct: Struct = {}
  for (const field of layout.fields) struct[field.name] = yield* one(field, layout.flexible, source, how)
  if (layout.flexible) yield* tagged(layout, struct, source, how)
  return struct
}

function* tagged(layout: Layout, struct: Struct, source: Incoming, how: Decoding): Generator<void, void> {
  const unknown = new Map<number, Buffer>()
  while (!source.hasVarint()) yield
  const count = source.reader.unsignedVarint()
  source.expect(count)
  for (let i = 0; i < count; i++) {
    while (!source.hasVarint()) yield
    const { left } = source
    const tag = source.reader.unsignedVarint()
    const field = layout.tagged.get(tag)
    // Before anything else is waited for: whoever passes the bytes on has not let go of this one yet.
    if (field) how.onTag?.(field, left)
    while (!source.hasVarint()) yield
    const size = source.reader.unsignedVarint()
    if (field) {
      struct[field.name] = yield* one(field, true, source, { records: how.records })
    } else {
      while (!source.has(size)) yield
      unknown.set(tag, source.reader.slice(size))
    }
  }
  if (unknown.size > 0) struct[unknownTags] = unknown
}

function* one(field: Field, flexible: boolean, source: Incoming, how: Decoding): Generator<void, Value> {
  if (!field.array) return yield* element(field, flexible, source, how)
  const count = yield* length(flexible, source)
  if (count < 0) return nothing(field)
  source.expect(count)
  const values: Value[] = []
  const item: Field = { ...field, nullable: false }
  while (values.length < count) values.push(yield* element(item, flexible, source, how))
  return values
}

function* element(field: Field, flexible: boolean, source: Incoming, how: Decoding): Generator<void, Value> {
  if (typeof field.type === 'string') return yield* scalar(field, field.type, flexible, source, how)
  if (field.nullable) {
    while (!source.has(1)) yield
    if (source.reader.int8() < 0) return null
  }
  return yield* decoding(field.type, source, { records: how.records })
}

const FIXED: Partial<Record<Scalar, number>> = { bool: 1, int8: 1, int16: 2, int32: 4, int64: 8, uuid: 16 }

function* scalar(
  field: Field,
  type: Scalar,
  flexible: boolean,
  source: Incoming,
  how: Decoding,
): Generator<void, Value> {
  const size = FIXED[type]
  if (size !== undefined) {
    while (!source.has(size)) yield
    const { reader } = source
    if (type === 'bool') return reader.int8() !== 0
    if (type === 'int64') return reader.bigint64()
    if (type === 'uuid') return reader.slice(16).toString('base64url')
    return type === 'int8' ? reader.int8() : type === 'int16' ? reader.int16() : reader.int32()
  }
  const bytes = yield* length(flexible, source, type === 'string')
  if (bytes < 0) return nothing(field)
  const kept = type === 'records' ? Math.min(bytes, how.records) : bytes
  while (!source.has(kept)) yield
  const value = source.reader.slice(kept)
  source.skip(bytes - kept)
  if (type === 'string') return value.toString('utf8')
  // While a frame passes its bytes are lent: what is to stay is copied.
  return Number.isFinite(how.records) ? Buffer.from(value) : value
}

function nothing({ name, nullable }: Field): null {
  if (!nullable) throw new RangeError(`${name} is null`)
  return null
}

/** −1 for null. */
function* length(flexible: boolean, source: Incoming, short = false): Generator<void, number> {
  if (flexible) {
    while (!source.hasVarint()) yield
    return source.reader.unsignedVarint() - 1
  }
  const size = short ? 2 : 4
  while (!source.has(size)) yield
  return short ? source.reader.int16() : source.reader.int32()
}
