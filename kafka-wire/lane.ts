import type { Socket } from 'node:net'

/** What to do with one frame. With neither `whole` nor `part` it is passed on unread. */
export interface Passage {
  /** Bytes of the frame, with its length before it. */
  readonly length: number
  /** Held until it is there as a whole; `undefined` passes it on as it came, a list is sent instead. */
  readonly whole?: (frame: Buffer) => Verdict | Promise<Verdict>
  /** Read while it is passed on. */
  readonly part?: (part: Buffer) => void
  /** Nothing of it is passed on. */
  readonly discard?: true
}

export type Verdict = readonly Buffer[] | undefined

export interface LaneOptions {
  readonly from: Socket
  readonly to: Socket
  /** Called where a frame begins; undefined asks for more bytes. @throws RangeError where none can begin */
  readonly open: (bytes: Buffer, at: number) => Passage | undefined
  /** What else is to be sent, between two frames. */
  readonly between?: () => readonly Buffer[]
  /** What flows has no frames; it is passed on blindly from now on. */
  readonly lost: (reason: string) => void
}

interface Underway extends Passage {
  left: number
  readonly held: Buffer[]
}

const NOTHING = Buffer.alloc(0)

/** One direction of a connection: cuts it into frames and passes on, without a copy, all that is not held. */
export class Lane {
  readonly #options: LaneOptions
  #rest: Buffer = NOTHING
  #frame: Underway | undefined
  #blind = false
  /** A held frame is being decided on: nothing moves until then. */
  #deciding = false
  #draining = false
  #ended = false

  constructor(options: LaneOptions) {
    this.#options = options
    options.from.on('data', (chunk) => this.take(chunk))
    options.from.on('end', () => {
      this.#ended = true
      if (!this.#deciding) this.#finish()
    })
  }

  /** From now on everything is passed on unread. */
  goBlind(): void {
    this.#blind = true
  }

  /** Sends what `between` has, if no frame is under way; else it is sent when that one has ended. */
  interject(): void {
    if (!this.#frame && !this.#deciding) this.#sendBetween()
  }

  /** What has come. `chunk` is the caller's again as soon as all that was written has left: what is kept is a copy. */
  take(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    this.#rest = NOTHING
    if (this.#deciding) this.#rest = Buffer.from(bytes)
    else this.#cut(bytes)
  }

  #cut(bytes: Buffer): void {
    let at = 0
    // From here to `at` bytes are passed on as they came, in one piece.
    let run = 0
    const passOn = (end: number) => {
      if (end > run) this.#write(bytes.subarray(run, end))
      run = at
    }
    while (at < bytes.length) {
      this.#frame ??= this.#begin(bytes, at)
      const frame = this.#frame
      if (!frame) break
      const from = at
      at = Math.min(bytes.length, at + frame.left)
      frame.left -= at - from
      const part = bytes.subarray(from, at)
      if (frame.discard) passOn(from)
      else if (!frame.whole) frame.part?.(part)
      else if (frame.left > 0 || frame.held.length > 0) {
        frame.held.push(Buffer.from(part))
        passOn(from)
      }
      if (frame.left > 0) continue
      this.#frame = undefined
      if (frame.whole) {
        const whole = Buffer.concat(frame.held.length > 0 ? frame.held : [part])
        const verdict = frame.whole(whole)
        if (verdict instanceof Promise) {
          passOn(from)
          this.#rest = Buffer.from(bytes.subarray(at))
          this.#decide(whole, verdict)
          return
        }
        if (verdict || frame.held.length > 0) {
          passOn(from)
          for (const each of verdict ?? [whole]) this.#write(each)
        }
      }
      const more = this.#options.between?.() ?? []
      if (more.length > 0) {
        passOn(at)
        for (const each of more) this.#write(each)
      }
    }
    if (this.#blind && !this.#frame) at = bytes.length
    passOn(at)
    if (at < bytes.length) this.#rest = Buffer.from(bytes.subarray(at))
  }

  #begin(bytes: Buffer, at: number): Underway | undefined {
    if (this.#blind) return undefined
    try {
      const passage = this.#options.open(bytes, at)
      return passage && { ...passage, left: passage.length, held: [] }
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      this.#blind = true
      this.#options.lost(error.message)
      return undefined
    }
  }

  async #decide(whole: Buffer, verdict: Promise<Verdict>): Promise<void> {
    this.#deciding = true
    this.#flow()
    const sent = await verdict
    this.#deciding = false
    for (const each of sent ?? [whole]) this.#write(each)
    this.#sendBetween()
    const rest = this.#rest
    this.#rest = NOTHING
    if (rest.length > 0) this.#cut(rest)
    if (this.#deciding) return
    this.#flow()
    if (this.#ended) this.#finish()
  }

  #sendBetween(): void {
    for (const each of this.#options.between?.() ?? []) this.#write(each)
  }

  #write(bytes: Buffer): void {
    const { to } = this.#options
    if (!to.writable || to.write(bytes) || this.#draining) return
    this.#draining = true
    this.#flow()
    to.once('drain', () => {
      this.#draining = false
      this.#flow()
    })
  }

  #flow(): void {
    const { from } = this.#options
    if (this.#deciding || this.#draining) from.pause()
    else from.resume()
  }

  /** What ends in the middle of a frame is passed on so far. */
  #finish(): void {
    if (!this.#frame?.discard) for (const part of this.#frame?.held ?? []) this.#write(part)
    if (this.#rest.length > 0) this.#write(this.#rest)
    this.#options.to.end()
  }
}
