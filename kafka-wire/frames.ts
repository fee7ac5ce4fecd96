/** Cuts a stream of length-prefixed frames, however it was chunked. Frames come out without their length. */
export class Frames {
  #held: Buffer[] = []
  #length = 0
  /** Bytes that must be there before it is worth looking again: a large frame is put together once. */
  #wanted = 4
  readonly #most: number

  /** @param most bytes of a frame that is still believed; a larger one is not Kafka's protocol */
  constructor(most = 128 * 1024 * 1024) {
    this.#most = most
  }

  /** @throws RangeError for a length that no request has: what flows is not Kafka's protocol. */
  push(chunk: Buffer): Buffer[] {
    this.#held.push(chunk)
    this.#length += chunk.length
    if (this.#length < this.#wanted) return []
    const bytes = this.#held.length === 1 ? chunk : Buffer.concat(this.#held)
    const frames: Buffer[] = []
    let at = 0
    this.#wanted = 4
    while (bytes.length - at >= 4) {
      const size = bytes.readInt32BE(at)
      if (size < 0 || size > this.#most) throw new RangeError(`a frame of ${size} bytes`)
      this.#wanted = 4 + size
      if (bytes.length - at < this.#wanted) break
      frames.push(bytes.subarray(at + 4, at + this.#wanted))
      at += this.#wanted
      this.#wanted = 4
    }
    this.#length = bytes.length - at
    this.#held = this.#length === 0 ? [] : [bytes.subarray(at)]
    return frames
  }
}
