import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ToxicType, Toxiproxy, type Proxy as ToxiproxyProxy } from 'toxiproxy-node-client'
import { type RunningChild, startChild } from '../../../../core/child-process.ts'
import { EventproofError } from '../../../../core/error.ts'
import { connectTo } from '../../../../core/tcp.ts'
import { DeadlinePassed, within } from '../../../../core/until.ts'
import type { Direction, Link } from '../../../stack.ts'
import type { Run } from '../run.ts'
import { type ByteCounter, countBytes } from './byte-counter.ts'
import { becomeReady, expectFree } from './readiness.ts'

export class LinkHung extends EventproofError {
  override readonly code = 'EVENTPROOF_LINK_HUNG'
}

export interface LinkOptions {
  readonly name: string
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

class ToxiproxyLink implements Link {
  readonly name: string
  readonly host = '127.0.0.1'
  readonly port: number
  readonly #options: LinkOptions
  readonly #run: Run
  readonly #api: number
  readonly #counter: ByteCounter
  #child: RunningChild | undefined

  constructor(options: LinkOptions, run: Run, api: number, counter: ByteCounter) {
    this.#options = options
    this.#run = run
    this.#api = api
    this.#counter = counter
    this.name = options.name
    this.port = options.port
  }

  /** Starts a Toxiproxy without faults, and sees it so: enabled, no toxic, connections accepted. */
  async begin(): Promise<void> {
    const component = `link ${this.name}`
    await expectFree(component, this.port, this.#api)
    const config = join(this.#run.data, `link-${this.name}-${this.port}.json`)
    const { listen, upstream } = this.#addresses()
    await writeFile(config, JSON.stringify([{ name: 'link', listen, upstream, enabled: true }]))
    this.#child = await startChild({
      command: [this.#options.program, '-host', '127.0.0.1', '-port', String(this.#api), '-config', config],
      cwd: this.#run.data,
      env: { LOG_LEVEL: 'warn', GOMAXPROCS: '2' },
      log: join(this.#run.logs, `link-${this.name}.log`),
      reaper: this.#run.reaper,
    })
    const what = 'the link to be open and without faults'
    await becomeReady(this.#child, { component, what, deadline: 10_000, every: 10 }, async (signal) => {
      const proxy = await this.#proxy()
      const toxics = await this.#call('list', proxy.api.get<unknown[]>(`${proxy.getPath()}/toxics`))
      const { enabled, upstream: found } = proxy
      if (!enabled || found !== upstream || toxics.data.length > 0) {
        throw new Error(JSON.stringify({ enabled, upstream: found, toxics: toxics.data }))
      }
      return connectTo(this.port, signal)
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
    await this.#child?.kill()
    await this.begin()
  }

  async traffic(): Promise<{ readonly requests: number; readonly responses: number }> {
    const { requests, responses } = this.#counter
    return { requests, responses }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#child?.kill()
    await this.#counter[Symbol.asyncDispose]()
    await Promise.all([this.#api, this.#counter.port].map((port) => this.#run.ports.release(port)))
  }

  async #toxic(type: ToxicType, direction: Direction, attributes: object): Promise<void> {
    const proxy = await this.#proxy()
    // toxicity 1, always: Toxiproxy's own randomness cannot be replayed.
    const toxic = { name: `${type}-${direction}`, type, stream: STREAM[direction], toxicity: 1, attributes }
    await this.#call(type, proxy.addToxic(toxic))
  }

  #proxy(): Promise<ToxiproxyProxy> {
    return this.#call('look', new Toxiproxy(`http://127.0.0.1:${this.#api}`).get('link'))
  }

  #addresses(): { listen: string; upstream: string } {
    return { listen: `127.0.0.1:${this.port}`, upstream: `127.0.0.1:${this.#counter.port}` }
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
        ...(this.#child ? { log: this.#child.log } : {}),
        hint: 'heal the link: that ends its process and starts a clean one',
        cause,
      })
    }
  }
}
