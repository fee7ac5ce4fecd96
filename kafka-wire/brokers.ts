import type { Address, Endpoint } from './addresses.ts'

/** A port of ours that leads to one broker. */
export interface BrokerListener extends AsyncDisposable {
  /** Where clients reach it. */
  readonly address: Address
  readonly upstream: Address
}

/**
 * Which listener of the proxy stands for which broker. An address that we have a listener for, or that is one of our
 * own, is that broker. A cluster's only broker is the one that we were told of, whatever address it advertises: a
 * broker's proxied listener advertises the port of a proxy. Any other broker gets a listener of its own.
 */
export class Brokers implements AsyncDisposable {
  readonly #listeners: BrokerListener[]
  /** Advertised address → listener, where the two are not told by their address. */
  readonly #advertised = new Map<string, BrokerListener>()
  readonly #opening = new Map<string, Promise<BrokerListener>>()
  readonly #open: (upstream: Address) => Promise<BrokerListener>

  constructor(first: BrokerListener, open: (upstream: Address) => Promise<BrokerListener>) {
    this.#listeners = [first]
    this.#open = open
  }

  get addresses(): Address[] {
    return this.#listeners.map(({ address }) => address)
  }

  /**
   * Puts our own address where an answer names a broker's.
   * @param whole the answer names all brokers of the cluster
   * @returns whether a byte has changed
   */
  place(endpoints: readonly Endpoint[], whole: boolean): boolean | Promise<boolean> {
    const [first] = this.#listeners
    const [only] = endpoints
    if (whole && endpoints.length === 1 && only && first && !this.#find(only)) {
      this.#advertised.set(keyOf(only), first)
    }
    const unknown = endpoints.filter((endpoint) => !this.#find(endpoint))
    if (unknown.length > 0) {
      return Promise.all(unknown.map((each) => this.#add(each))).then(() => this.place(endpoints, whole))
    }
    let changed = false
    for (const { host, port, struct } of endpoints) {
      const { address } = this.#find({ host, port }) as BrokerListener
      if (host === address.host && port === address.port) continue
      struct.host = address.host
      struct.port = address.port
      changed = true
    }
    return changed
  }

  #find(address: Address): BrokerListener | undefined {
    return (
      this.#listeners.find((listener) => same(listener.address, address)) ??
      this.#advertised.get(keyOf(address)) ??
      this.#listeners.find(({ upstream }) => same(upstream, address))
    )
  }

  async #add({ host, port }: Address): Promise<void> {
    const key = keyOf({ host, port })
    const opening = this.#opening.get(key) ?? this.#open({ host, port })
    this.#opening.set(key, opening)
    try {
      const listener = await opening
      if (!this.#listeners.includes(listener)) this.#listeners.push(listener)
    } catch (error) {
      this.#opening.delete(key)
      throw error
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#listeners.map((listener) => listener[Symbol.asyncDispose]()))
  }
}

function keyOf({ host, port }: Address): string {
  return `${host}:${port}`
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '127.0.0.1' || host === '::1'
}

function same(a: Address, b: Address): boolean {
  return a.port === b.port && (a.host === b.host || (isLoopback(a.host) && isLoopback(b.host)))
}
