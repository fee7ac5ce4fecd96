/** Bytes until a server has said which backend it is; one that speaks otherwise is left alone. */
const ENOUGH = 65_536
const [AUTHENTICATION, BACKEND_KEY, NOT_ENCRYPTED] = [0x52, 0x4b, 0x4e]

/**
 * Listens to what a Postgres server says to a client when a session begins, until it says by which backend it is served
 * (BackendKeyData): the only sign that no forwarding on the way changes. An encrypted session tells nothing.
 */
export class BackendKey {
  #heard = Buffer.alloc(0)
  #over = false

  /** @returns the process id, once it is said */
  hear(said: Buffer): number | undefined {
    if (this.#over) return undefined
    this.#heard = Buffer.concat([this.#heard, said])
    // One byte without a length answers a client that asked for encryption first.
    if (this.#heard[0] === NOT_ENCRYPTED) this.#heard = this.#heard.subarray(1)
    for (let at = 0; at + 5 <= this.#heard.length; ) {
      const type = this.#heard[at]
      const length = this.#heard.readInt32BE(at + 1)
      if ((at === 0 && type !== AUTHENTICATION) || length < 4 || length > ENOUGH) return this.#end()
      if (at + 1 + length > this.#heard.length) break
      if (type === BACKEND_KEY) return this.#end(this.#heard.readInt32BE(at + 5))
      at += 1 + length
    }
    if (this.#heard.length > ENOUGH) this.#end()
    return undefined
  }

  #end(pid?: number): number | undefined {
    this.#over = true
    this.#heard = Buffer.alloc(0)
    return pid
  }
}
