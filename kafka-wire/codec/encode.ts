import { FrameWriter } from '../frame.ts'
import type { Field, Layout, Scalar } from '../schemas/message.ts'
import { type Struct, unknownTags, type Value } from './value.ts'

/** Writes a message of a layout. A field that is not given has its default; a tagged one is left out. */
export function encode(layout: Layout, struct: Struct, into = new FrameWriter()): FrameWriter {
  for (const field of layout.fields) one(field, struct[field.name] ?? missing(field), layout.flexible, into)
  if (layout.flexible) tagged(layout, struct, into)
  return into
}

function tagged(layout: Layout, struct: Struct, into: FrameWriter): void {
  const fields = new Map(struct[unknownTags])
  for (const [tag, field] of layout.tagged) {
    const value = struct[field.name]
    if (value === undefined) continue
    const writer = new FrameWriter()
    one(field, value, true, writer)
    fields.set(tag, writer.concat())
  }
  into.unsignedVarint(fields.size)
  for (const [tag, bytes] of [...fields].sort(([a], [b]) => a - b)) {
    into.unsignedVarint(tag).unsignedVarint(bytes.length).bytes(bytes)
  }
}

function one(field: Field, value: Value, flexible: boolean, into: FrameWriter): void {
  if (!field.array) {
    element(field, value, flexible, into)
    return
  }
  const items = value as readonly Value[] | null
  length(items === null ? -1 : items.length, flexible, into)
  const each: Field = { ...field, nullable: false }
  for (const item of items ?? []) element(each, item, flexible, into)
}

function element(field: Field, value: Value, flexible: boolean, into: FrameWriter): void {
  const { type } = field
  if (typeof type === 'string') scalar(type, value, flexible, into)
  else {
    if (field.nullable) into.int8(value === null ? -1 : 1)
    if (value !== null) encode(type, value as Struct, into)
  }
}

function scalar(type: Scalar, value: Value, flexible: boolean, into: FrameWriter): void {
  if (type === 'bool') into.int8(value ? 1 : 0)
  else if (type === 'int8') into.int8(value as number)
  else if (type === 'int16') into.int16(value as number)
  else if (type === 'int32') into.int32(value as number)
  else if (type === 'int64') into.int64(value as bigint)
  else if (type === 'uuid') into.bytes(Buffer.from(value as string, 'base64url'))
  else {
    const bytes = typeof value === 'string' ? Buffer.from(value, 'utf8') : (value as Buffer | null)
    length(bytes?.length ?? -1, flexible, into, type === 'string')
    if (bytes) into.bytes(bytes)
  }
}

function length(length: number, flexible: boolean, into: FrameWriter, short = false): void {
  if (flexible) into.unsignedVarint(length + 1)
  else if (short) into.int16(length)
  else into.int32(length)
}

function missing({ type, array, nullable, default: preset }: Field): Value {
  if (preset === 'null') return null
  if (array) return nullable ? null : []
  if (typeof type !== 'string') return nullable ? null : {}
  if (type === 'bool') return preset === 'true'
  if (type === 'int64') return BigInt(preset ?? 0)
  if (type === 'uuid') return Buffer.alloc(16).toString('base64url')
  if (type === 'string') return preset ?? (nullable ? null : '')
  if (type === 'bytes' || type === 'records') return nullable ? null : Buffer.alloc(0)
  return Number(preset ?? 0)
}
