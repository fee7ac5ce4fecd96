import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ToxicType, Toxiproxy, type Proxy as ToxiproxyProxy } from 'toxiproxy-node-client'
import { type RunningChild, startChild } from '../../../../core/child-process.ts'
import { type Endpoint, endpointText } from '../../../../core/endpoint.ts'
import { EventproofError } from '../../../../core/error.ts'
import { connectTo } from '../../../../core/tcp.ts'
import { DeadlinePassed, within } from '../../../../core/until.ts'
import type { Direction, Link } from '../../../stack.ts'
import { LOOPBACK, onLoopback } from '../loopback.ts'
import type { Run } from '../run.ts'
import { RunningProcess } from '../running-process.ts'
import { type ByteCounter, countBytes } from './byte-counter.ts'
import { becomeReady, expectFree } from './readiness.ts'

export class LinkHung extends EventproofError {
  override readonly code = 'EVENTPROOF_LINK_HUNG'
}

export interface LinkOptions {
  readonly name: string
  readonly to: Link['to']
  /** The cached server program. */
  readonly program: string
  /** Where clients connect. */
  readonly port: number
  /** Where the target listens. */
  readonly target: number
  /** Milliseconds that one call to Toxiproxy may take. */
  readonly patience?: number
}

/** client → Toxiproxy (faults) → counter (evidence) → target. */
export async function startLink(options: LinkOptions, run: Run): Promise<Link> {
  const api = await run.ports.allocate()
  const counter = await countBytes(await run.ports.allocate(), options.target)
  const link = new ToxiproxyLink(options, run, api, counter)
  await link.begin()
  return link
}

const STREAM = { requests: 'upstream', responses: 'downstream' } as const

class ToxiproxyLink extends RunningProcess implements Link {
  readonly #options: LinkOptions
  readonly #api: number
  readonly #counter: ByteCounter

  constructor(options: LinkOptions, run: Run, api: number, counter: ByteCounter) {
    super(options.name, run, { grace: 1000 }, `link-${options.name}`)
    this.#options = options
    this.#api = api
    this.#counter = counter
  }

  get to(): Link['to'] {
    return this.#options.to
  }

  endpoint(): Endpoint {
    return onLoopback(this.#options.port)
  }

  protected async spawn(): Promise<RunningChild> {
    const { port, program } = this.#options
    await expectFree(`link ${this.name}`, port, this.#api)
    const config = join(this.run.data, `link-${this.name}-${port}.json`)
    const { listen, upstream } = this.#addresses()
    await writeFile(config, JSON.stringify([{ name: 'link', listen, upstream, enabled: true }]))
    return startChild({
      command: [program, '-host', LOOPBACK, '-port', String(this.#api), '-config', config],
      cwd: this.run.data,
      env: { LOG_LEVEL: 'warn', GOMAXPROCS: '2' },
      log: this.log,
      reaper: this.run.reaper,
    })
  }

  /** A Toxiproxy without faults, and seen so: enabled, no toxic, connections accepted. */
  protected async ready(child: RunningChild): Promise<void> {
    const component = `link ${this.name}`
    const { upstream } = this.#addresses()
    const what = 'the link to be open and without faults'
    await becomeReady(child, { component, what, deadline: 10_000, every: 10 }, async (signal) => {
      const proxy = await this.#proxy()
      const toxics = await this.#call('list', proxy.api.get<unknown[]>(`${proxy.getPath()}/toxics`))
      const { enabled, upstream: found } = proxy
      if (!enabled || found !== upstream || toxics.data.length > 0) {
        throw new Error(JSON.stringify({ enabled, upstream: found, toxics: toxics.data }))
      }
      return connectTo(this.#options.port, signal)
    })
  }

  async cut(): Promise<void> {
    const proxy = await this.#proxy()
    await this.#call('cut', proxy.update({ enabled: false, ...this.#addresses() }))
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

  async heal(): Promise<void> {
    await this.kill()
    await this.begin()
  }

  async traffic(): Promise<{ readonly requests: number; readonly responses: number }> {
    const { requests, responses } = this.#counter
    return { requests, responses }
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await super[Symbol.asyncDispose]()
    await this.#counter[Symbol.asyncDispose]()
    await Promise.all([this.#api, this.#counter.port].map((port) => this.run.ports.release(port)))
  }

  async #toxic(type: ToxicType, direction: Direction, attributes: object): Promise<void> {
    const proxy = await this.#proxy()
    // toxicity 1, always: Toxiproxy's own randomness cannot be replayed.
    const toxic = { name: `${type}-${direction}`, type, stream: STREAM[direction], toxicity: 1, attributes }
    await this.#call(type, proxy.addToxic(toxic))
  }

  #proxy(): Promise<ToxiproxyProxy> {
    return this.#call('look', new Toxiproxy(`http://${LOOPBACK}:${this.#api}`).get('link'))
  }

  #addresses(): { listen: string; upstream: string } {
    const { port } = this.#options
    return { listen: endpointText(onLoopback(port)), upstream: endpointText(onLoopback(this.#counter.port)) }
  }

  /** @throws {LinkHung} its API can hang for good: whoever waits is told, and heals */
  async #call<T>(name: string, work: Promise<T>): Promise<T> {
    const { patience = 3000 } = this.#options
    try {
      return await within(patience, name, work)
    } catch (cause) {
      if (!(cause instanceof DeadlinePassed)) throw cause
      throw new LinkHung(`the link ${this.name} does not obey`, {
        what: `Toxiproxy did not answer "${name}" within ${patience / 1000} s`,
        log: this.log,
        hint: 'heal the link: that ends its process and starts a clean one',
        cause,
      })
    }
  }
}
