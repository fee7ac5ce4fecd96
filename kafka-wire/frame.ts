/** Reads and writes the primitive types of the Kafka protocol (KIP-482's compact types where a version is flexible). */
export class FrameReader {
  readonly bytes: Buffer
  at: number

  constructor(bytes: Buffer, at = 0) {
    this.bytes = bytes
    this.at = at
  }

  get left(): number {
    return this.bytes.length - this.at
  }
  int8(): number {
    return this.bytes.readInt8(this.#skip(1))
  }
  int16(): number {
    return this.bytes.readInt16BE(this.#skip(2))
  }
  int32(): number {
    return this.bytes.readInt32BE(this.#skip(4))
  }
  /** Exact below 2^53, which offsets, timestamps and producer ids are. */
  int64(): number {
    return Number(this.bytes.readBigInt64BE(this.#skip(8)))
  }
  bigint64(): bigint {
    return this.bytes.readBigInt64BE(this.#skip(8))
  }
  slice(length: number): Buffer {
    const from = this.#skip(length)
    if (length < 0 || this.at > this.bytes.length) throw new RangeError('the frame is cut')
    return this.bytes.subarray(from, from + length)
  }
  /** Nullable string with an int16 length. */
  string(): string | null {
    const length = this.int16()
    return length < 0 ? null : this.slice(length).toString('utf8')
  }
  /** Nullable string with an unsigned varint length plus one. */
  compactString(): string | null {
    const length = this.unsignedVarint() - 1
    return length < 0 ? null : this.slice(length).toString('utf8')
  }
  unsignedVarint(): number {
    let value = 0
    let factor = 1
    for (let i = 0; i < 10; i++) {
      const byte = this.bytes.readUInt8(this.#skip(1))
      value += (byte & 0x7f) * factor
      if (byte < 0x80) return value
      factor *= 128
    }
    throw new RangeError('a varint of more than ten bytes')
  }
  /** ZigZag varint, as in record batches. */
  varint(): number {
    const value = this.unsignedVarint()
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2
  }
  skipTaggedFields(): void {
    for (let count = this.unsignedVarint(); count > 0; count--) {
      this.unsignedVarint()
      this.slice(this.unsignedVarint())
    }
  }
  #skip(length: number): number {
    const from = this.at
    this.at += length
    return from
  }
}

export class FrameWriter {
  readonly #parts: Buffer[] = []

  int8(value: number): this {
    return this.#push(1, (part) => part.writeInt8(value))
  }
  int16(value: number): this {
    return this.#push(2, (part) => part.writeInt16BE(value))
  }
  int32(value: number): this {
    return this.#push(4, (part) => part.writeInt32BE(value))
  }
  int64(value: number | bigint): this {
    return this.#push(8, (part) => part.writeBigInt64BE(BigInt(value)))
  }
  bytes(value: Buffer): this {
    this.#parts.push(value)
    return this
  }
  unsignedVarint(value: number): this {
    const bytes: number[] = []
    let left = value
    for (; left >= 128; left = Math.floor(left / 128)) bytes.push((left % 128) | 128)
    return this.bytes(Buffer.from([...bytes, left]))
  }
  string(value: string): this {
    const text = Buffer.from(value, 'utf8')
    this.int16(text.length)
    this.#parts.push(text)
    return this
  }
  /** The bytes so far. */
  concat(): Buffer {
    return Buffer.concat(this.#parts)
  }
  /** The bytes so far, with their length before them. */
  framed(): Buffer {
    const body = this.concat()
    const size = Buffer.alloc(4)
    size.writeInt32BE(body.length)
    return Buffer.concat([size, body])
  }
  #push(length: number, write: (part: Buffer) => void): this {
    const part = Buffer.alloc(length)
    write(part)
    this.#parts.push(part)
    return this
  }
}
