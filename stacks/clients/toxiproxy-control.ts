import { type ToxicType, Toxiproxy, type Proxy as ToxiproxyProxy } from 'toxiproxy-node-client'
import { type Endpoint, endpointText } from '../../core/endpoint.ts'
import { EventproofError } from '../../core/error.ts'
import { DeadlinePassed, within } from '../../core/until.ts'
import type { Direction } from '../stack.ts'

export class LinkHung extends EventproofError {
  override readonly code = 'EVENTPROOF_LINK_HUNG'
}

export interface ToxiproxyOptions {
  /** Of the link, for errors. */
  readonly name: string
  /** Where its API answers us. */
  readonly api: Endpoint
  /** Where it listens, and where it leads, as it says them itself. */
  readonly listen: Endpoint
  readonly upstream: Endpoint
  readonly log: string
  /** Milliseconds that one call may take; default 3 s. */
  readonly patience?: number
}

const STREAM = { requests: 'upstream', responses: 'downstream' } as const

/** The name of the one proxy that each server has. */
const PROXY = 'link'

/** The faults of one Toxiproxy that is a link, whatever runs it. */
export class ToxiproxyControl {
  readonly #options: ToxiproxyOptions

  constructor(options: ToxiproxyOptions) {
    this.#options = options
  }

  /** What its server reads with `-config`: the link, open and without faults. */
  get config(): string {
    return JSON.stringify([{ name: PROXY, ...this.#addresses(), enabled: true }])
  }

  /** @throws where it is not open, leads elsewhere, or has a fault */
  async expectClean(): Promise<void> {
    const proxy = await this.#proxy()
    const toxics = await this.#call('list', proxy.api.get<unknown[]>(`${proxy.getPath()}/toxics`))
    const { enabled, upstream } = proxy
    if (!enabled || upstream !== this.#addresses().upstream || toxics.data.length > 0)
      throw new Error(JSON.stringify({ enabled, upstream, toxics: toxics.data }))
  }

  async cut(): Promise<void> {
    const proxy = await this.#proxy()
    await this.#call('cut', proxy.update({ enabled: false, ...this.#addresses() }))
  }

  /** Takes a cut back; what toxics were added is another matter. */
  async uncut(): Promise<void> {
    const proxy = await this.#proxy()
    await this.#call('uncut', proxy.update({ enabled: true, ...this.#addresses() }))
  }

  blackhole(direction: Direction): Promise<void> {
    return this.#toxic('timeout', direction, { timeout: 0 })
  }

  slow(direction: Direction, milliseconds: number): Promise<void> {
    return this.#toxic('latency', direction, { latency: milliseconds, jitter: 0 })
  }

  reset(direction: Direction): Promise<void> {
    return this.#toxic('reset_peer', direction, { timeout: 0 })
  }

  async #toxic(type: ToxicType, direction: Direction, attributes: object): Promise<void> {
    const proxy = await this.#proxy()
    // toxicity 1, always: Toxiproxy's own randomness cannot be replayed.
    const toxic = { name: `${type}-${direction}`, type, stream: STREAM[direction], toxicity: 1, attributes }
    await this.#call(type, proxy.addToxic(toxic))
  }

  #proxy(): Promise<ToxiproxyProxy> {
    return this.#call('look', new Toxiproxy(`http://${endpointText(this.#options.api)}`).get(PROXY))
  }

  #addresses(): { listen: string; upstream: string } {
    const { listen, upstream } = this.#options
    return { listen: endpointText(listen), upstream: endpointText(upstream) }
  }

  /** @throws {LinkHung} its API can hang for good: whoever waits is told, and heals */
  async #call<T>(name: string, work: Promise<T>): Promise<T> {
    const { patience = 3000, log } = this.#options
    try {
      return await within(patience, name, work)
    } catch (cause) {
      if (!(cause instanceof DeadlinePassed)) throw cause
      throw new LinkHung(`the link ${this.#options.name} does not obey`, {
        what: `Toxiproxy did not answer "${name}" within ${patience / 1000} s`,
        log,
        hint: 'heal the link: that ends its process and starts a clean one',
        cause,
      })
    }
  }
}
