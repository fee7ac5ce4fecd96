import protobuf from 'protobufjs'

/** A message may hold itself: so deep a sample goes. */
const DEPTH = 4

const TEXTS: ReadonlySet<string> = new Set(['string', 'bytes'])

/** A message in which each field has a value that is not its default. */
export function sampleOf(message: protobuf.Type, depth = 0): Record<string, unknown> {
  const fields = message.fieldsArray.filter(
    (field) => isAlone(field) && (depth < DEPTH || !(field.resolvedType instanceof protobuf.Type)),
  )
  return Object.fromEntries(
    fields.map((field) => {
      const value = sampleOfField(field, depth)
      if (field instanceof protobuf.MapField) return [field.name, { [keyOf(field)]: value }]
      return [field.name, field.repeated ? [value] : value]
    }),
  )
}

/** Of a `oneof` only the first can be there. */
function isAlone({ partOf, name }: protobuf.Field): boolean {
  return partOf === null || partOf.fieldsArray[0]?.name === name
}

function keyOf({ keyType }: protobuf.MapField): string {
  return TEXTS.has(keyType) ? 'key' : keyType === 'bool' ? 'true' : '1'
}

function sampleOfField({ type, resolvedType }: protobuf.Field, depth: number): unknown {
  if (resolvedType instanceof protobuf.Type) return sampleOf(resolvedType, depth + 1)
  if (resolvedType instanceof protobuf.Enum) return Math.max(...Object.values(resolvedType.values))
  if (type === 'bool') return true
  return TEXTS.has(type) ? (type === 'bytes' ? new Uint8Array([1]) : 'sample') : 7
}
