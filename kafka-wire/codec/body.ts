import type { Layout } from '../schemas/message.ts'
import { type Decoding, decoding } from './decode.ts'
import { encode } from './encode.ts'
import { Incoming } from './incoming.ts'
import type { Struct } from './value.ts'

/** The end of a flexible header: tagged fields and nothing else. */
const TAGS: Layout = { flexible: true, fields: [], tagged: new Map() }

export interface Frame {
  /** Bytes of the frame, with its length before it. */
  readonly length: number
  /** Bytes of the length and the header's fixed part. */
  readonly head: number
  /** The header ends with tagged fields. */
  readonly flexibleHead: boolean
  readonly layout: Layout
}

/** Reads the body of a frame beside it, as its parts pass. */
export class BodyReader {
  /** The body, once all of it has been seen and could be read. */
  body: Struct | undefined
  /** Bytes of the frame before the body, once they are known. */
  bodyAt = 0
  /** Why it can't be read. */
  unreadable: string | undefined
  /** Bytes of the frame that have not been fed. */
  ahead: number
  readonly #source: Incoming
  readonly #work: Generator<void, Struct>

  constructor({ length, head, flexibleHead, layout }: Frame, how: Decoding) {
    this.ahead = length
    this.#source = new Incoming(length)
    this.#source.skip(head)
    this.#work = this.#read(flexibleHead, layout, length, how)
  }

  /** @param part is the caller's again afterwards: of a body that comes in parts all bytes are copies */
  feed(part: Buffer): void {
    this.ahead -= part.length
    if (this.body || this.unreadable !== undefined) return
    try {
      this.#source.feed(part)
      const step = this.#work.next()
      this.#source.keep()
      if (step.done) this.body = step.value
      else if (this.ahead === 0) this.unreadable = 'the frame is cut'
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      this.unreadable = error.message
    }
  }

  *#read(flexibleHead: boolean, layout: Layout, length: number, how: Decoding): Generator<void, Struct> {
    if (flexibleHead) yield* decoding(TAGS, this.#source, { records: 0 })
    this.bodyAt = length - this.#source.left
    return yield* decoding(layout, this.#source, how)
  }
}

/** A frame with another body: the header as it was, from `frame` up to `bodyAt`, then the body, and its length before. */
export function withBody(frame: Buffer, bodyAt: number, layout: Layout, body: Struct): Buffer {
  const bytes = Buffer.concat([frame.subarray(0, bodyAt), encode(layout, body).concat()])
  bytes.writeInt32BE(bytes.length - 4)
  return bytes
}
