import protobuf from 'protobufjs'

/** What serializers write behind the id of a Protobuf schema. */
export interface Placed {
  /** Which message it is: the number of one in its file, then that of one in this, and so on. */
  readonly place: readonly number[]
  readonly message: Uint8Array
}

const FIRST = [0] as const

/**
 * Undefined where it does not begin with a place: how many numbers, and these, each in zigzag; a zero alone stands for
 * the first message of the file.
 */
export function placed(payload: Uint8Array): Placed | undefined {
  const reader = protobuf.Reader.create(payload)
  try {
    const depth = reader.sint32()
    if (depth < 0 || depth > reader.len) return undefined
    const place = depth === 0 ? FIRST : Array.from({ length: depth }, () => reader.sint32())
    return place.some((number) => number < 0) ? undefined : { place, message: payload.subarray(reader.pos) }
  } catch {
    // It ends within a number.
    return undefined
  }
}

/** A message with its place before it, as serializers write it. */
export function withPlace({ place, message }: Placed): Uint8Array {
  const writer = protobuf.Writer.create()
  if (place.length === 1 && place[0] === 0) writer.sint32(0)
  else for (const number of [place.length, ...place]) writer.sint32(number)
  return Buffer.concat([writer.finish(), message])
}
