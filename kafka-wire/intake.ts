/** Bytes that one read can bring: a large answer takes a few reads instead of many. */
const SIZE = 256 * 1024

/**
 * Reads of one socket into one buffer again and again, instead of a new one for each read, which costs more than
 * moving the bytes does. While what was read has not left again, the next read gets a new buffer.
 */
export class Intake {
  /** Called with each chunk; it is overwritten once `isFree` says so. */
  take: (chunk: Buffer) => void = () => {}
  /** Whether nobody needs the bytes that were taken. */
  isFree: () => boolean = () => false
  /** For `net.connect`. */
  readonly onread = {
    buffer: (): Buffer => {
      if (!this.#buffer || !this.isFree()) this.#buffer = Buffer.allocUnsafeSlow(SIZE)
      return this.#buffer
    },
    callback: (length: number, buffer: Uint8Array): boolean => {
      this.take((buffer as Buffer).subarray(0, length))
      return true
    },
  }
  #buffer: Buffer | undefined
}
