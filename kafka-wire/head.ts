/** Bytes of a frame that is still believed: the broker's own limit for requests is 100 MiB. */
const MOST = 128 * 1024 * 1024

export interface ResponseHead {
  /** Bytes of the frame, with its length before it. */
  readonly length: number
  /** Bytes of the length and the header up to its tagged fields. */
  readonly head: number
  readonly correlationId: number
}

export interface RequestHead extends ResponseHead {
  readonly api: number
  readonly version: number
  readonly clientId: string
}

/**
 * Reads the head of the request that begins at `at`; undefined while it is not all there.
 * @throws RangeError for a length that no request has: what flows is not Kafka's protocol
 */
export function readRequestHead(bytes: Buffer, at: number): RequestHead | undefined {
  const length = frameLength(bytes, at, 8)
  if (length === undefined || bytes.length - at < Math.min(length, 14)) return undefined
  const named = length >= 14 ? bytes.readInt16BE(at + 12) : -1
  // A name that is longer than its frame: the request is passed on and read by nobody.
  const name = named > 0 && 14 + named <= length ? named : 0
  const head = Math.min(length, 14 + name)
  if (bytes.length - at < head) return undefined
  return {
    length,
    head,
    api: bytes.readInt16BE(at + 4),
    version: bytes.readInt16BE(at + 6),
    correlationId: bytes.readInt32BE(at + 8),
    clientId: bytes.toString('utf8', at + head - name, at + head),
  }
}

/** The same for a response. @throws RangeError */
export function readResponseHead(bytes: Buffer, at: number): ResponseHead | undefined {
  const length = frameLength(bytes, at, 4)
  if (length === undefined || bytes.length - at < 8) return undefined
  return { length, head: 8, correlationId: bytes.readInt32BE(at + 4) }
}

function frameLength(bytes: Buffer, at: number, least: number): number | undefined {
  if (bytes.length - at < 4) return undefined
  const size = bytes.readInt32BE(at)
  if (size < least || size > MOST) throw new RangeError(`a frame of ${size} bytes`)
  return 4 + size
}
