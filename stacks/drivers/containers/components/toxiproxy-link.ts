import type { Endpoint } from '../../../../core/endpoint.ts'
import { connectTo } from '../../../../core/tcp.ts'
import { ToxiproxyControl } from '../../../clients/toxiproxy-control.ts'
import { type ByteCounter, countBytes } from '../../../local/byte-counter.ts'
import type { Direction, Link, Viewpoint } from '../../../stack.ts'
import type { ContainerRun } from '../container-run.ts'
import { published } from '../host-side.ts'
import { atOnce, GenericLaunch, type Launch, ofRun } from '../launch.ts'
import { RunningContainer } from '../running-container.ts'
import { LINK_PORT } from './broker-listeners.ts'

const API_PORT = 8474
const CONFIG = '/eventproof-link.json'

export interface LinkStart {
  readonly name: string
  readonly to: Link['to']
  readonly image: string
  /** Where containers find it. */
  readonly alias: string
  /** Where clients of this machine find it. */
  readonly port: number
  /** Where this machine finds the target. */
  readonly target: Endpoint
}

/** client → Toxiproxy's container (faults) → counter in our process (evidence) → target. */
export class ToxiproxyLink extends RunningContainer implements Link {
  protected readonly readyWhen = 'the link to be open and without faults'
  readonly #options: LinkStart
  readonly #api: number
  readonly #counter: ByteCounter
  readonly #control: ToxiproxyControl
  /** Removing a toxic can hang its API for good: it is replaced then. */
  #toxic = false

  private constructor(options: LinkStart, run: ContainerRun, api: number, counter: ByteCounter) {
    super(options.name, run, 1000, `link-${options.name}`)
    this.#options = options
    this.#api = api
    this.#counter = counter
    this.#control = new ToxiproxyControl({
      name: options.name,
      api: published(api),
      listen: { host: '0.0.0.0', port: LINK_PORT },
      upstream: { host: run.hostSide.name, port: counter.port },
      log: this.log,
    })
  }

  /** @throws {ComponentNotReady} */
  static async start(options: LinkStart, run: ContainerRun): Promise<ToxiproxyLink> {
    const api = await run.ports.allocate()
    const counter = await countBytes(await run.ports.allocate(), options.target, run.hostSide.bind)
    const link = new ToxiproxyLink(options, run, api, counter)
    await link.begin()
    return link
  }

  protected async container(): Promise<Launch> {
    const container = new GenericLaunch(this.#options.image)
      .withCopyContentToContainer([{ content: this.#control.config, target: CONFIG, mode: 0o644 }])
      .withCommand(['-host=0.0.0.0', `-config=${CONFIG}`])
      .withEnvironment({ LOG_LEVEL: 'warn' })
      .withWaitStrategy(atOnce)
    const ports = { [LINK_PORT]: this.#options.port, [API_PORT]: this.#api }
    return ofRun(container, this.run, { alias: this.#options.alias, ports })
  }

  protected async look(signal: AbortSignal): Promise<boolean> {
    await this.#control.expectClean()
    return connectTo(this.#options.port, signal)
  }

  get to(): Link['to'] {
    return this.#options.to
  }

  endpoint(from: Viewpoint): Endpoint {
    return from === 'host' ? published(this.#options.port) : { host: this.#options.alias, port: LINK_PORT }
  }

  cut(): Promise<void> {
    return this.#control.cut()
  }

  blackhole(direction: Direction): Promise<void> {
    this.#toxic = true
    return this.#control.blackhole(direction)
  }

  slow(direction: Direction, milliseconds: number): Promise<void> {
    this.#toxic = true
    return this.#control.slow(direction, milliseconds)
  }

  reset(direction: Direction): Promise<void> {
    this.#toxic = true
    return this.#control.reset(direction)
  }

  /**
   * A name is known as long as its container runs, and a client that is made meanwhile fails for good where it can't be
   * resolved. So a link that was only cut is opened again as it stands.
   */
  async heal(): Promise<void> {
    if (!this.#toxic && (await this.#uncut())) return
    await this.kill()
    await this.restart()
    this.#toxic = false
  }

  async #uncut(): Promise<boolean> {
    try {
      await this.#control.uncut()
      await this.#control.expectClean()
      return true
    } catch {
      return false
    }
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
}
