/** What serializers of a schema registry put before an event: a zero, and the schema's id. */
export interface Framed {
  readonly id: number
  /** Behind it, as the format has it; of Protobuf it begins with the place of the message in its file. */
  readonly payload: Uint8Array
}

const FRAME = 5

/** As a serializer writes it. */
export function withId({ id, payload }: Framed): Uint8Array {
  const head = Buffer.alloc(FRAME)
  head.writeInt32BE(id, 1)
  return Buffer.concat([head, payload])
}

/** Undefined where it does not begin with a schema id. */
export function framed(bytes: Uint8Array): Framed | undefined {
  if (bytes.length < FRAME || bytes[0] !== 0) return undefined
  const id = new DataView(bytes.buffer, bytes.byteOffset).getInt32(1)
  return id > 0 ? { id, payload: bytes.subarray(FRAME) } : undefined
}
