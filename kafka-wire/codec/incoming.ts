import { FrameReader } from '../frame.ts'

/** Bytes that a field other than records may have when a frame is read while it passes. */
const MOST_HELD = 1024 * 1024
/** Array elements in one frame: more is not a message that any of our readers has a use for. */
const MOST_ITEMS = 1_000_000
const NOTHING = Buffer.alloc(0)

/**
 * The bytes of one frame as they arrive, for a reader that waits: ask `has` before you read. What no frame of this
 * length can hold is a RangeError at once, so that garbage neither waits for bytes that never come nor allocates.
 */
export class Incoming {
  reader = new FrameReader(NOTHING)
  /** Bytes of the frame that have not arrived. */
  #ahead: number
  /** Bytes to be dropped on arrival. */
  #skip = 0
  #items = 0

  /** @param size bytes of the frame that will be fed in all */
  constructor(size: number) {
    this.#ahead = size
  }

  /** @returns the source of a frame that is whole already */
  static whole(frame: Buffer): Incoming {
    const incoming = new Incoming(frame.length)
    incoming.feed(frame)
    return incoming
  }

  feed(chunk: Buffer): void {
    this.#ahead -= chunk.length
    const dropped = Math.min(this.#skip, chunk.length)
    this.#skip -= dropped
    if (dropped === chunk.length) return
    const fresh = chunk.subarray(dropped)
    const { reader } = this
    this.reader = new FrameReader(
      reader.left === 0 ? fresh : Buffer.concat([reader.bytes.subarray(reader.at), fresh]),
    )
  }

  /** Keeps a copy of what was fed and not read: the chunk is the caller's again. */
  keep(): void {
    const { bytes, at, left } = this.reader
    this.reader = new FrameReader(left > 0 ? Buffer.from(bytes.subarray(at)) : NOTHING)
  }

  /** Bytes from where the reader is to the end of the frame. */
  get left(): number {
    return this.reader.left + this.#ahead - this.#skip
  }

  has(length: number): boolean {
    if (this.reader.left >= length) return true
    if (length > this.left) throw new RangeError('the frame is cut')
    if (length > MOST_HELD) throw new RangeError('a field is larger than what is looked into')
    return false
  }

  hasVarint(): boolean {
    const { bytes, at } = this.reader
    for (let i = at; i < bytes.length; i++) if ((bytes[i] as number) < 0x80 || i - at === 10) return true
    return this.has(this.reader.left + 1)
  }

  /** Steps over bytes, those that have not arrived included. */
  skip(length: number): void {
    if (length > this.left) throw new RangeError('the frame is cut')
    const now = Math.min(length, this.reader.left)
    this.reader.at += now
    this.#skip += length - now
  }

  /** Counts array elements before they are read: each takes a byte at least. */
  expect(items: number): void {
    this.#items += items
    if (items > this.left || this.#items > MOST_ITEMS) throw new RangeError(`an array of ${items} elements`)
  }
}
