import { mkdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EventproofError } from './error.ts'
import { type LockFile, tryLock } from './lock-file.ts'
import { type Random, seededRandom } from './random.ts'

export class NoPortFree extends EventproofError {
  override readonly code = 'EVENTPROOF_NO_PORT_FREE'
}

/** Below the ephemeral range: a client that polls a closed port inside it can connect to itself. */
const FIRST = 20_000
const LAST = 31_999

export interface PortsOptions {
  /** Where all runs of this machine keep their leases. */
  readonly folder?: string
  readonly random?: Random
  readonly first?: number
  readonly last?: number
}

/**
 * Ports of one run on 127.0.0.1, leased by lock files, so that runs side by side never get the same one between
 * allocation and bind. Leases end with `release`, with disposal, and with the death of this process.
 */
export class Ports implements AsyncDisposable {
  readonly #folder: string
  readonly #first: number
  readonly #last: number
  readonly #leases = new Map<number, LockFile>()
  #next: number

  constructor(options: PortsOptions = {}) {
    this.#folder = options.folder ?? join(tmpdir(), 'eventproof-ports')
    this.#first = options.first ?? FIRST
    this.#last = options.last ?? LAST
    // Runs begin at different places, or they would all try the same taken ports first.
    const random = options.random ?? seededRandom(`${process.pid} ${process.hrtime.bigint()}`)
    this.#next = this.#first + random.below(this.#last - this.#first + 1)
  }

  /** @throws {NoPortFree} after one look at the whole range */
  async allocate(): Promise<number> {
    await mkdir(this.#folder, { recursive: true, mode: 0o1777 })
    for (let tried = this.#first; tried <= this.#last; tried++) {
      const port = this.#next
      this.#next = port === this.#last ? this.#first : port + 1
      if (this.#leases.has(port)) continue
      const lease = await tryLock(join(this.#folder, String(port)))
      if (!lease) continue
      if (await isFree(port)) {
        this.#leases.set(port, lease)
        return port
      }
      await lease[Symbol.asyncDispose]()
    }
    throw new NoPortFree('no port is free', {
      what: `every port of ${this.#first}–${this.#last} on 127.0.0.1 is taken`,
      hint: '`eventproof doctor` counts the ports in use',
    })
  }

  async release(port: number): Promise<void> {
    const lease = this.#leases.get(port)
    this.#leases.delete(port)
    await lease?.[Symbol.asyncDispose]()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#leases.keys()].map((port) => this.release(port)))
  }
}

/** True when nothing listens there: we could bind it ourselves just now. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)))
  })
}
