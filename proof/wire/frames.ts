/** Cuts a stream of length-prefixed frames, however it was chunked. Frames come out without their length. */
export class Frames {
  #held: Buffer = Buffer.alloc(0)
  readonly #most: number

  /** @param most bytes of a frame that is still believed; a larger one is not Kafka's protocol */
  constructor(most = 128 * 1024 * 1024) {
    this.#most = most
  }

  /** @throws RangeError for a length that no request has: what flows is not Kafka's protocol. */
  push(chunk: Buffer): Buffer[] {
    this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk])
    const frames: Buffer[] = []
    while (this.#held.length >= 4) {
      const size = this.#held.readInt32BE(0)
      if (size < 0 || size > this.#most) throw new RangeError(`a frame of ${size} bytes`)
      if (this.#held.length < 4 + size) break
      frames.push(this.#held.subarray(4, 4 + size))
      this.#held = this.#held.subarray(4 + size)
    }
    return frames
  }
}
