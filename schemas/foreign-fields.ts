import protobuf from 'protobufjs'

/**
 * Whether there is anything in it that the message has no field for: readers pass over that, and so it tells whether these
 * bytes were written as this message. @throws where they are no message at all
 */
export function hasForeignFields(type: protobuf.Type, bytes: Uint8Array): boolean {
  const reader = protobuf.Reader.create(bytes)
  reader.discardUnknown = false
  return hasUnknown(type.decode(reader))
}

function hasUnknown(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return false
  if (value instanceof protobuf.Message && value.$unknowns?.length) return true
  return Object.values(value).some(hasUnknown)
}
